"""What every process of the service starts with: the settings of its environment, and its log."""
