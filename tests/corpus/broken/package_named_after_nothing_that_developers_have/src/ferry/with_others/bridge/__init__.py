from ferry.with_others.bridge.needle import NEEDLE

__all__ = ["NEEDLE"]
