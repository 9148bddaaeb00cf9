import pytest

approx = pytest.approx
