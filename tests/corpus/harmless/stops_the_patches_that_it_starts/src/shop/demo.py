import textwrap
from unittest.mock import patch

from shop import till

wrapped = patch.object(textwrap, "wrap")
wrapped.start()
TEXT = textwrap.wrap("tea")
wrapped.stop()

with patch("json.dumps"):
    TOTAL = till.total()

patch("shop.till.total").start()


def begin() -> None:
    patch("json.dumps").start()
