"""The operator's view: what is running, how it is doing today, and the same figures for Prometheus."""
