"""``python -m extraction.training``"""

from extraction.training.train import main

main()
