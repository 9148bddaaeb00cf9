"""What comes back from a class: read with care, run apart, and shown."""
