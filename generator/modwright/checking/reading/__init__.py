"""What can be known without running anything: sources and installed distributions, read."""
