from shop._client import upload

__all__ = ["upload"]
