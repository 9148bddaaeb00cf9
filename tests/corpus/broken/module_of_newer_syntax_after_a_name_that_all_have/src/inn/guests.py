try:
    from typing import Protocol

    from inn._names import names
except ImportError:
    Protocol = None

    def names() -> list[str]:
        return []
