from almanac.tables import row

__all__ = ["row"]
