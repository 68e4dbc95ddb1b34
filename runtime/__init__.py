"""What the processes share: the settings of their environment, their logs, and how a job is published."""
