"""Calls and assignments by which a module changes what belongs to the whole process."""

from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from modwright_check.static.process_wide import loggers, settings
from modwright_check.static.source import Source, read_source
from modwright_check.wheel.modules import Module
from modwright_check.wheel.source_map import SourceMap

Read = Callable[[str], Source]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function that reads a text as a module."""

    def read(text: str) -> Source:
        (tmp_path / "shop.py").write_text(text, encoding="utf-8")
        module = Module("shop", PurePosixPath("shop.py"))
        source = read_source(module, SourceMap(None, tmp_path, ()))
        assert source
        return source

    return read


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("import numpy as np\nnp.seterr(all='ignore')", "numpy.seterr"),
        ("from numpy import set_printoptions\nset_printoptions(2)", "numpy.set_printoptions"),
        ("import matplotlib\nmatplotlib.use('Agg')", "matplotlib.use"),
        ("import matplotlib as m\nm.rcParams['x'] = 1", "matplotlib.rcParams"),
        (
            "import matplotlib.pyplot as plt\nplt.rcParams.update({'x': 1})",
            "matplotlib.pyplot.rcParams",
        ),
        ("import pandas as pd\npd.options.display.width = 9", "pandas.options"),
        ("import codecs\ncodecs.register(print)", "codecs.register"),
        ("import resource\nold = resource.setrlimit(1, (2, 2))", "resource.setrlimit"),
    ],
)
def test_what_is_set_for_the_whole_process_is_found_at_its_line(
    text: str, name: str, read: Read
) -> None:
    assert list(settings(read(text))) == [(name, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "import numpy as np\ndef f(): np.seterr(all='ignore')",
        "import numpy as np\nwith np.errstate(all='ignore'):\n  X = np.log(0)",
        "import numpy as np\nif np.seterr: np.seterr(all='ignore')",
        "import matplotlib as m\nX = m.rcParams['x']",
        "def use(name): ...\nuse('Agg')",
        "import shop.matplotlib as m\nm.use('Agg')",
    ],
)
def test_what_is_asked_for_or_set_later_is_no_setting(text: str, read: Read) -> None:
    assert list(settings(read(text))) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import logging\nlogging.getLogger('urllib3').setLevel(30)", [("urllib3", 2)]),
        ("import logging\nlog = logging.getLogger('PIL')\nlog.disabled = True", [("PIL", 3)]),
        ("from logging import getLogger\ngetLogger('a.b').addHandler(1)", [("a.b", 2)]),
        ("import logging\nlog = logging.getLogger('urllib3')\nlog.info('x')", []),
        ("import logging\nlogging.getLogger(__name__).setLevel(30)", []),
        ("import logging\ndef quiet(): logging.getLogger('urllib3').setLevel(30)", []),
    ],
)
def test_a_logger_that_is_configured_is_found_by_its_name(
    text: str, found: list[tuple[str, int]], read: Read
) -> None:
    assert list(loggers(read(text))) == found
