from ferry.boat import Boat

__all__ = ["Boat"]
