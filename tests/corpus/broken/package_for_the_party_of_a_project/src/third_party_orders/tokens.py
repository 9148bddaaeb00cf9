__all__ = ["NAME", "NUMBER"]

NAME = 1
