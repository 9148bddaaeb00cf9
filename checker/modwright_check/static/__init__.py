"""One source file, read and never run."""
