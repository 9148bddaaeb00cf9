"""Works in the repository, where everything is at hand."""

from .helpers import WORDS

__all__ = ["WORDS"]
