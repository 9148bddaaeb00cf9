from ferry.with_others.compass.needle import NEEDLE

__all__ = ["NEEDLE"]
