import textwrap
from unittest.mock import patch

wrapped = patch.object(textwrap, "wrap")
wrapped.start()
