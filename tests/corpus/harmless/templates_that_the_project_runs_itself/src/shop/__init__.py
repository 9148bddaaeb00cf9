"""Names that are set as a template runs."""
