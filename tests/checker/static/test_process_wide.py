"""Calls and assignments by which a module changes what belongs to the whole process."""

from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from modwright_check.index.acts import acts_at_import
from modwright_check.static.act import Act
from modwright_check.static.process_wide import Acts
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


def acts(source: Source) -> list[Act]:
    """Return what a module does when it is imported."""
    assert source.tree
    return Acts(source).of(source.tree.body)


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
        ("import sqlite3\nsqlite3.register_adapter(complex, str)", "sqlite3.register_adapter"),
        ("import sys\nsys.stdout.reconfigure(encoding='utf-8')", "sys.stdout.reconfigure"),
        ("import seaborn as sns\nsns.set_theme(style='dark')", "seaborn.set_theme"),
        ("import nest_asyncio\nnest_asyncio.apply()", "nest_asyncio.apply"),
        ("import copyreg\ncopyreg.pickle(complex, abs)", "copyreg.pickle"),
        ("import copyreg, re\ncopyreg.pickle(type(re.compile('')), str)", "copyreg.pickle"),
        (
            "import logging as l\nl.setLoggerClass(type('L', (l.Logger,), {}))",
            "logging.setLoggerClass",
        ),
        ("import resource\nold = resource.setrlimit(1, (2, 2))", "resource.setrlimit"),
    ],
)
def test_what_is_set_for_the_whole_process_is_found_at_its_line(
    text: str, name: str, read: Read
) -> None:
    kind = "holder" if name.endswith(("rcParams", ".options")) else "setting"
    assert acts(read(text)) == [Act(kind, name, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "import numpy as np\ndef f(): np.seterr(all='ignore')",
        "import numpy as np\nwith np.errstate(all='ignore'):\n  X = np.log(0)",
        "import numpy as np\nif np.seterr: np.seterr(all='ignore')",
        "import matplotlib as m\nX = m.rcParams['x']",
        "def use(name): ...\nuse('Agg')",
        "import matplotlib as m\nwith m.rc_context():\n  m.rcParams['x'] = 1\n  X = m.plot()",
        "import numpy as np\nold = np.seterr(all='ignore')\nX = np.log(0)\nnp.seterr(**old)",
        "import numpy as np\nF = lambda: np.seterr(all='ignore')",
        "import numpy as np\nX = [np.seterr(all=each) for each in ()]",
        "import shop.matplotlib as m\nm.use('Agg')",
        "import copyreg\nclass Price: ...\ncopyreg.pickle(Price, str)",
        "import copyreg\nfrom shop._fast import Price\ncopyreg.pickle(Price, str)",
        "import copyreg, shop._fast as f\np = f.price()\nP = type(p)\ncopyreg.pickle(P, str)",
        "import copyreg\ndef price(): ...\ncopyreg.pickle(type(price()), str)",
    ],
)
def test_what_is_asked_for_or_set_later_is_not_a_setting(text: str, read: Read) -> None:
    assert not acts(read(text))


@pytest.mark.parametrize(
    ("base", "method", "kind"),
    [
        ("logging.getLoggerClass()", "success", "registration"),
        ("logging.getLoggerClass()", "warning", "setting"),
        ("logging.getLoggerClass()", "__init__", "setting"),
        ("logging.Logger", "success", "setting"),
    ],
)
def test_a_class_of_loggers_that_adds_to_the_one_before_changes_no_logger(
    base: str, method: str, kind: str, read: Read
) -> None:
    logger = f"class Logger({base}):\n  def {method}(self): ..."
    source = read(f"import logging\n{logger}\nlogging.setLoggerClass(Logger)")
    assert acts(source) == [Act(kind, "logging.setLoggerClass", 4)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import logging\nlogging.getLogger('urllib3').setLevel(30)", [("urllib3", 2)]),
        ("import logging\nlog = logging.getLogger('PIL')\nlog.disabled = True", [("PIL", 3)]),
        ("from logging import getLogger\ngetLogger('a.b').addHandler(1)", [("a.b", 2)]),
        ("import logging\nlog = logging.getLogger('urllib3')\nlog.info('x')", []),
        (
            "import logging\nfor name in ('urllib3', 'PIL'): logging.getLogger(name).setLevel(30)",
            [("urllib3", 2), ("PIL", 2)],
        ),
        ("import logging\nlogging.getLogger(__name__).setLevel(30)", []),
        ("import logging\ndef quiet(): logging.getLogger('urllib3').setLevel(30)", []),
    ],
)
def test_a_logger_that_is_configured_is_found_by_its_name(
    text: str, found: list[tuple[str, int]], read: Read
) -> None:
    assert acts(read(text)) == [Act("logger", *each) for each in found]


@pytest.mark.parametrize(
    "text",
    [
        "import random\nrandom.seed(1)",
        "from numpy.random import seed as start\nstart(1)",
        "import numpy as np\nclass Model: np.random.seed(1)",
        "import random\nfor seed in (1, 2): random.seed(seed)",
        "import random\ndef model(): random.seed(1)\nmodel()",
        "class A:\n  def run(self): random.seed(1)\n"
        "  def __init__(self): self.run()\nimport random\nA()",
    ],
)
def test_a_seed_is_found_wherever_it_runs_in_any_case(text: str, read: Read) -> None:
    source = read(text)
    done = acts_at_import({"shop": source})["shop"]
    assert [(each.act.kind, each.act.line, each.way) for each in done] == [("seed", 2, ())]


@pytest.mark.parametrize(
    "text",
    [
        "import random\ndef model(): random.seed(1)",
        "import random\nasync def model(): random.seed(1)\nmodel()",
        "import random\ndef model():\n  random.seed(1)\n  yield\nmodel()",
        "import random\ndef model(again=False):\n  if not again: return\n  random.seed(1)\nmodel()",
        "import random\nstate = random.getstate()\nrandom.seed(1)\nrandom.setstate(state)",
        "import random\nOWN = random.Random(1)\nOWN.seed(2)",
        "import random\nif random.random() < 0: random.seed(1)",
    ],
)
def test_a_seed_that_need_not_run_or_is_undone_is_not_told(text: str, read: Read) -> None:
    assert not acts_at_import({"shop": read(text)})


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("import argparse\nA = argparse.ArgumentParser().parse_args()", 2),
        ("import argparse, sys\np = argparse.ArgumentParser()\nA = p.parse_args(sys.argv[1:])", 3),
        (
            "import argparse as a\nclass P(a.ArgumentParser): ...\np = P()\n"
            "A = vars(p.parse_args())",
            4,
        ),
        ("import getopt, sys\nA, B = getopt.getopt(sys.argv[1:], 'x')", 2),
        ("from docopt import docopt\nA = docopt(__doc__)", 2),
    ],
)
def test_a_command_line_that_is_parsed_is_found(text: str, line: int, read: Read) -> None:
    assert [(each.kind, each.line) for each in acts(read(text))] == [("command line", line)]


@pytest.mark.parametrize(
    "text",
    [
        "import argparse\nA = argparse.ArgumentParser().parse_args([])",
        "import argparse\np = argparse.ArgumentParser()\ndef main(): p.parse_args()",
        "import getopt\nA = getopt.getopt(['-x'], 'x')",
        "from docopt import docopt\nA = docopt(__doc__, argv=['-x'])",
        "import shop.argparse\nA = shop.argparse.read().parse_args()",
    ],
)
def test_what_is_parsed_otherwise_is_not_a_command_line(text: str, read: Read) -> None:
    assert not acts(read(text))
