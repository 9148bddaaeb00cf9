try:
    from ferry.kinds.drawn import Chart
except ImportError:
    pass

__all__ = ["Chart", "Kind"]


class Kind:
    """Of whatever a ferry carries."""
