"""Processes: environments, sandboxes, and the probe in them."""
