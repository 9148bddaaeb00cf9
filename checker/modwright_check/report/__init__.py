"""Reports in every format (see formats.py), and progress messages."""
