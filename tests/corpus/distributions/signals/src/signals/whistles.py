"""Whistles, which are on their way out."""

import warnings

warnings.warn("signals.whistles is deprecated, use horns", UserWarning, stacklevel=2)


def blow():
    """Blow once."""
