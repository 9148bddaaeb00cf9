"""Songs for a choir."""

__version__ = "1"
