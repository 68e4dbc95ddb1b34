"""Measurements, not part of the service: `make bench-service` and `make bench`."""
