from ferry.middleware import Middleware

__all__ = ["Middleware"]
