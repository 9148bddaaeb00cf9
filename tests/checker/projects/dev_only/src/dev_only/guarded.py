try:
    import pytest
except ImportError:
    pytest = None  # type: ignore[assignment]
