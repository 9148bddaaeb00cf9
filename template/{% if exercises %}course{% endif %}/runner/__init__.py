"""The runner of the course: standard library alone, and nothing of the project's own code."""
