"""The application of this process's environment, for Celery's own commands: ``celery -A worker.app ...``."""

from worker.application import create_worker_app
from worker.settings import settings_from_environment

app = create_worker_app(settings_from_environment())
