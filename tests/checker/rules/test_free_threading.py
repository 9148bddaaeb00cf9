"""MW808: a classifier promises what an extension does not declare."""

import pytest

from modwright_check.rules.free_threading import judge
from tests.checker.rules.conftest import Judged

CLASSIFIER = "Classifier: Programming Language :: Python :: Free Threading{}\n"
STABLE = CLASSIFIER.format(" :: 3 - Stable")
EXTENSION = {"pkg/__init__.py": "", "pkg/_fast.so": "PyInit__fast"}
INIT = "#include <Python.h>\n\nPyMODINIT_FUNC PyInit__fast(void) {\n    return 0;\n}\n"


def said(judged: Judged, sources: dict[str, str], metadata: str = STABLE) -> list[object]:
    found = judged(judge, {}, only_in_wheel=EXTENSION, project=sources, metadata=metadata)
    return [(each.code, each.module, each.file, each.line) for each in found]


@pytest.mark.parametrize("level", ["", " :: 2 - Beta", " :: 3 - Stable", " :: 4 - Resilient"])
def test_a_promise_that_the_sources_do_not_keep_is_told(judged: Judged, level: str) -> None:
    expected = [("MW808", "pkg._fast", "native/fast.c", 3)]
    assert said(judged, {"native/fast.c": INIT}, CLASSIFIER.format(level)) == expected


@pytest.mark.parametrize("metadata", ["", CLASSIFIER.format(" :: 1 - Unstable")])
def test_where_nothing_is_promised_nothing_is_said(judged: Judged, metadata: str) -> None:
    assert said(judged, {"native/fast.c": INIT}, metadata) == []


@pytest.mark.parametrize(
    "sources",
    [
        {"fast.c": f"{INIT}// {{Py_mod_gil, Py_MOD_GIL_NOT_USED}}\n"},
        {"fast.c": f'#include "no_gil.h"\n{INIT}', "include/no_gil.h": "#define A Py_mod_gil\n"},
        {"fast.cpp": f"{INIT}PyUnstable_Module_SetGIL(module, Py_MOD_GIL_NOT_USED);\n"},
        {"fast.cpp": "PYBIND11_MODULE(_fast, m) {}\n"},
        {"fast.c": INIT.replace("_fast", "_other")},
        {"build/fast.c": INIT},
        {".cache/fast.c": INIT},
        {"env/pyvenv.cfg": "", "env/include/fast.c": INIT},
        {},
    ],
)
def test_what_says_so_and_what_cannot_be_read_is_left_alone(
    judged: Judged, sources: dict[str, str]
) -> None:
    assert said(judged, sources) == []
