"""A report in each of its forms (see formats.py), and the progress on the way to it."""
