"""The place where the cards were before."""

from shop.inner.cards import charge

__all__ = ["charge"]
