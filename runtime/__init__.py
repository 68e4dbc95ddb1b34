"""What the processes of the service share: the settings of their environment, their logs, and how a job is published."""
