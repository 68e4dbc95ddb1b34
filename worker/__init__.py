"""The worker: a Celery application whose processes extract the claims of articles."""

import os

# A job is one article and the processes of the pool use the processors; threads of NumPy would only get in their way.
# NumPy reads this when it is imported first.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
