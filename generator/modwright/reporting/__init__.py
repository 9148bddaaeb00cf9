"""A report as text or as JSON, and the progress on the way to it."""
