"""Extension modules that do not load, or not everywhere, built from C by each test."""

import sys
from pathlib import Path

import pytest

from modwright_check.index.evidence import Evidence
from modwright_check.model.report import Finding, Severity
from modwright_check.rules.extensions import judge, questions
from tests.checker.installing import Project, project_in

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(sys.platform != "linux", reason="the loader's words are those of Linux"),
]

INIT = "sample/__init__.py"
SPEED = "sample/_speed.so"
IMPORTS_IT = {INIT: '"""Adds."""\n\nfrom sample._speed import add\n'}
DOES_NOT = {INIT: ""}
FALLS_BACK = {
    INIT: """
        try:
            from sample._speed import add
        except ImportError:
            from sample._slow import add
    """,
    "sample/_slow.py": "def add(a, b):\n    return a + b\n",
}

# `{first}` is what the initialiser does first, `{body}` what the only function does.
SINGLE_PHASE = """
    #include <Python.h>
    #include <unistd.h>
    #include <stdlib.h>
    {before}
    static PyObject *add(PyObject *self, PyObject *args) {{ {body} return PyLong_FromLong(3); }}
    static PyMethodDef methods[] = {{{{"add", add, METH_VARARGS, NULL}}, {{NULL}}}};
    static struct PyModuleDef def = {{PyModuleDef_HEAD_INIT, "_speed", NULL, -1, methods}};
    PyMODINIT_FUNC {name}(void) {{ {first} return PyModule_Create(&def); }}
"""
MULTI_PHASE = """
    #include <Python.h>
    static PyObject *add(PyObject *self, PyObject *args) { return PyLong_FromLong(3); }
    static PyMethodDef methods[] = {{"add", add, METH_VARARGS, NULL}, {NULL}};
    static int run(PyObject *module) { EXEC; return 0; }
    static PyModuleDef_Slot slots[] = {{Py_mod_exec, run}, SLOTS {0, NULL}};
    static struct PyModuleDef def = {
        PyModuleDef_HEAD_INIT, "_speed", NULL, 0, methods, slots};
    PyMODINIT_FUNC PyInit__speed(void) { return PyModuleDef_Init(&def); }
"""


def single_phase(
    *, name: str = "PyInit__speed", before: str = "", body: str = "", first: str = ""
) -> str:
    return SINGLE_PHASE.format(name=name, before=before, body=body, first=first)


def multi_phase(*, exec: str = "", slots: str = "") -> str:  # noqa: A002 (as Python's headers)
    return MULTI_PHASE.replace("EXEC", exec).replace("SLOTS", slots)


UNDEFINED = single_phase(before="int gone(int);", body="gone(1);")
GOOD = single_phase()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_in(tmp_path.resolve())


def told(findings: list[Finding]) -> list[tuple[str, str, str | None, int | None]]:
    return [(each.code, each.module, each.file, each.line) for each in findings]


def judged(evidence: Evidence) -> list[Finding]:
    """Return what is found, apart from what subinterpreters refuse: from 3.12 on that is `GOOD`."""
    return [found for found in judge(evidence) if found.code != "MW807"]


def test_a_symbol_that_nothing_defines_is_named_at_the_import(project: Project) -> None:
    project.write(IMPORTS_IT)
    project.compile(SPEED, UNDEFINED)
    findings = judged(project.evidence())
    place = ("src/sample/__init__.py", 3)
    assert told(findings) == [("MW801", "sample", *place), ("MW801", "sample._speed", *place)]
    assert findings[0].message == f"{SPEED} needs the undefined symbol gone"
    assert findings[0].message == findings[1].message


def test_an_extension_that_nobody_imports_is_checked_too(project: Project) -> None:
    project.write(DOES_NOT)
    project.compile(SPEED, UNDEFINED)
    assert told(judged(project.evidence())) == [("MW801", "sample._speed", SPEED, None)]


def test_an_import_by_name_is_followed_to_its_line(project: Project) -> None:
    project.write({INIT: "import importlib\n\nspeed = importlib.import_module('sample._speed')\n"})
    project.compile(SPEED, UNDEFINED)
    assert told(judged(project.evidence()))[0] == ("MW801", "sample", "src/sample/__init__.py", 3)


def test_a_symbol_of_another_pythons_headers_has_a_hint_of_its_own(project: Project) -> None:
    project.write(DOES_NOT)
    project.compile(SPEED, single_phase(before="int PyOld_Thing(int);", body="PyOld_Thing(1);"))
    (finding,) = judged(project.evidence())
    assert (finding.code, "headers" in finding.hint) == ("MW801", True)


def test_a_shared_library_that_is_not_there_is_named(project: Project) -> None:
    project.write(DOES_NOT)
    project.compile("sample/libgone.so", "int gone(int one) { return one; }")
    library = project.folder / "libgone.so"
    library.write_bytes(project.files.pop("sample/libgone.so"))
    project.compile(SPEED, UNDEFINED, "-Wl,--no-as-needed", f"-L{project.folder}", "-lgone")
    (finding,) = judged(project.evidence())
    assert (finding.code, finding.module) == ("MW801", "sample._speed")
    assert finding.message == f"{SPEED} needs libgone.so, which is not installed"


@pytest.mark.parametrize(
    ("family", "hidden"), [("linux", Severity.WARNING), ("manylinux_2_17", Severity.INFO)]
)
def test_a_shared_library_that_the_project_does_without_is_told_once(
    family: str, hidden: Severity, project: Project
) -> None:
    project.write(FALLS_BACK)
    project.tag = f"py3-none-{project.platform.replace('linux', family)}"
    project.compile("sample/libgone.so", "int gone(int one) { return one; }")
    library = project.folder / "libgone.so"
    library.write_bytes(project.files.pop("sample/libgone.so"))
    project.compile(SPEED, UNDEFINED, "-Wl,--no-as-needed", f"-L{project.folder}", "-lgone")
    weights = {found.code: found.severity for found in judged(project.evidence())}
    assert weights == {"MW801": Severity.INFO, "MW805": hidden}


WRONG_INITIALISERS = {
    "is missing": (
        "sample/_speed.abi3.so",
        single_phase(name="PyInit_speed"),
        "does not define the init function PyInit__speed",
    ),
    "returns nothing": (SPEED, single_phase(first="return NULL;"), "without raising an exception"),
    "leaves an exception": (
        SPEED,
        multi_phase(exec='PyErr_SetString(PyExc_ValueError, "late")'),
        "unreported exception",
    ),
    "fails in silence": (SPEED, multi_phase(exec="return -1"), "without setting an exception"),
}


@pytest.mark.parametrize("case", WRONG_INITIALISERS)
def test_an_initialiser_that_breaks_the_rules_is_found(case: str, project: Project) -> None:
    file, source, words = WRONG_INITIALISERS[case]
    project.write(DOES_NOT)
    project.compile(file, source)
    (finding,) = judged(project.evidence())
    assert (finding.code, finding.file) == ("MW802", file)
    assert words in finding.message


def test_an_initialiser_of_another_name_is_found_where_the_module_is_imported(
    project: Project,
) -> None:
    project.write(IMPORTS_IT)
    project.compile(SPEED, single_phase(name="PyInit_speed"))
    place = ("src/sample/__init__.py", 3)
    assert told(judged(project.evidence())) == [("MW802", "sample", *place)]


def test_a_library_that_a_function_imports_is_not_a_module(project: Project) -> None:
    project.write({INIT: "def add():\n    import sample._speed\n"})
    project.compile("sample/_speed.abi3.so", "int add(int a) { return a; }")
    assert told(judged(project.evidence())) == [("MW802", "sample", "src/sample/__init__.py", 2)]


def test_an_extension_of_another_python_is_found(project: Project) -> None:
    project.write(IMPORTS_IT)
    project.compile(FOREIGN, GOOD)
    findings = judged(project.evidence())
    assert told(findings)[0] == ("MW803", "sample", "src/sample/__init__.py", 3)
    assert FOREIGN in findings[0].message


def test_an_extension_of_another_machine_is_found(project: Project) -> None:
    project.write(DOES_NOT)
    project.compile(SPEED, GOOD)
    content = bytearray(project.files[SPEED])
    content[18:20] = (21).to_bytes(2, "little")
    project.files[SPEED] = bytes(content)
    (finding,) = judged(project.evidence())
    assert finding.code == "MW803"
    assert "is built for ppc64 (ELF)" in finding.message


def test_a_file_that_is_not_a_binary_is_found(project: Project) -> None:
    project.write(DOES_NOT)
    project.files["sample/_speed.abi3.so"] = b"version https://git-lfs.example/spec/v1\n" * 99
    (finding,) = judged(project.evidence())
    assert (finding.code, finding.module) == ("MW803", "sample._speed")


CRASHES = {
    "aborts": ("abort();", "SIGABRT"),
    "faults": ("*(volatile int *)0 = 1;", "SIGSEGV"),
}


@pytest.mark.parametrize("how", CRASHES)
def test_a_crash_names_its_signal_and_the_import(how: str, project: Project) -> None:
    code, name = CRASHES[how]
    project.write(IMPORTS_IT)
    project.compile(SPEED, single_phase(first=code))
    findings = judged(project.evidence())
    place = ("src/sample/__init__.py", 3)
    assert told(findings) == [("MW804", "sample", *place), ("MW804", "sample._speed", *place)]
    assert name in findings[0].message


def test_a_crash_that_is_not_the_extensions_is_left_alone(project: Project) -> None:
    project.write({INIT: "import sample._speed\nimport os\nos.abort()\n"})
    project.compile(SPEED, GOOD)
    assert judged(project.evidence()) == []


FOREIGN = "sample/_speed.cpython-39-x86_64-linux-gnu.so"
HIDDEN = {
    "an undefined symbol": (SPEED, UNDEFINED, ["MW801"], "needs the undefined symbol gone"),
    "an initialiser of another name": (
        SPEED,
        single_phase(name="PyInit_speed"),
        [],  # it is not a module then
        "does not define the init function PyInit__speed",
    ),
    "another Python": (FOREIGN, GOOD, ["MW803"], "ignores"),
}


@pytest.mark.parametrize("case", HIDDEN)
def test_a_fallback_does_not_hide_why_the_extension_is_broken(case: str, project: Project) -> None:
    file, source, codes, words = HIDDEN[case]
    project.write(FALLS_BACK)
    project.compile(file, source)
    *failures, hidden = judged(project.evidence())
    assert told(failures) == [(code, "sample._speed", file, None) for code in codes]
    assert told([hidden]) == [("MW805", "sample._speed", "src/sample/__init__.py", 3)]
    assert hidden.severity is Severity.WARNING
    assert words in hidden.message


def test_a_module_in_python_that_stands_in_for_its_extension_is_told(project: Project) -> None:
    project.write({**IMPORTS_IT, "sample/_speed.py": "def add(a, b):\n    return a + b\n"})
    project.compile(FOREIGN, GOOD)
    findings = judged(project.evidence())
    assert told(findings) == [("MW805", "sample._speed", "src/sample/_speed.py", None)]


@pytest.mark.parametrize(
    ("tag", "file", "words"),
    [
        ("py3-none-any", SPEED, "on every system"),
        ("cp37-abi3-PLATFORM", "sample/_speed.VERSIONED.so", "on Python 3."),
        ("py3-none-PLATFORM", "sample/_speed.VERSIONED.so", "on Python 3."),
    ],
)
def test_a_wheel_that_is_installed_where_its_extension_does_not_load_is_found(
    tag: str, file: str, words: str, project: Project
) -> None:
    project.write(IMPORTS_IT)
    project.tag = tag.replace("PLATFORM", project.platform)
    file = file.replace("VERSIONED", project.versioned)
    project.compile(file, GOOD)
    findings = judged(project.evidence())
    assert told(findings) == [("MW803", "sample._speed", file, None)]
    assert words in findings[0].message


def test_a_wheel_for_one_python_only_may_say_so_by_requires_python(project: Project) -> None:
    project.write(IMPORTS_IT)
    project.metadata = f"Requires-Python: =={sys.version_info[0]}.{sys.version_info[1]}.*\n"
    project.tag = f"graalpy311.py3-none-{project.platform}"
    project.compile(f"sample/_speed.{project.versioned}.so", GOOD)
    assert judged(project.evidence()) == []


def test_what_an_initialiser_writes_is_its_own(project: Project) -> None:
    project.write(DOES_NOT)
    project.compile(SPEED, single_phase(first='write(1, "hello\\n", 6);'))
    findings = judged(project.evidence())
    assert told(findings) == [("MW806", "sample._speed", SPEED, None)]
    assert "prints 'hello'" in findings[0].message


def test_what_stays_in_the_buffer_is_told_of_the_extension_that_has_left_it(
    project: Project,
) -> None:
    project.write({INIT: "print('sample', end='')\nimport sample._loud\n"})
    project.compile(SPEED, multi_phase())
    left = multi_phase(exec='printf("hello\\n")').replace("_speed", "_loud")
    project.compile("sample/_loud.so", left)
    findings = judged(project.evidence())
    assert told(findings) == [("MW806", "sample._loud", "sample/_loud.so", None)]
    assert "prints 'hello'" in findings[0].message


def test_a_thread_that_an_initialiser_starts_is_its_own(project: Project) -> None:
    project.write(DOES_NOT)
    source = single_phase(
        before="#include <pthread.h>\nstatic void *wait(void *no) { sleep(600); return no; }",
        first="pthread_t thread; pthread_create(&thread, NULL, wait, NULL);",
    )
    project.compile(SPEED, source, "-pthread")
    assert told(judged(project.evidence())) == [("MW806", "sample._speed", SPEED, None)]


def test_what_the_package_prints_is_not_its_extensions(project: Project) -> None:
    project.write({INIT: "print('hello')\nimport sample._speed\n"})
    project.compile(SPEED, GOOD)
    assert judged(project.evidence()) == []


HARMLESS = {
    "single-phase initialisation": (IMPORTS_IT, SPEED, GOOD),
    "multi-phase initialisation": (IMPORTS_IT, SPEED, multi_phase()),
    "the stable ABI": (
        IMPORTS_IT,
        "sample/_speed.abi3.so",
        "#define Py_LIMITED_API 0x030b0000\n" + GOOD,
    ),
    "the tag of this Python": (IMPORTS_IT, "sample/_speed.VERSIONED.so", GOOD),
    "a fallback that is not needed": (FALLS_BACK, SPEED, GOOD),
    "a fallback of the same name": (
        {**IMPORTS_IT, "sample/_speed.py": "def add(a, b):\n    return a + b\n"},
        SPEED,
        GOOD,
    ),
    "a shared library beside": (DOES_NOT, "sample/libspeed.so", "int add(int a) { return a; }"),
    "a shared library with a tag": (
        DOES_NOT,
        "sample/_speed.abi3.so",
        "int add(int a) { return a; }",
    ),
    "a shared library whose package binds its name": (
        {INIT: "_speed = None\n", "sample/more.py": "def add():\n    from sample import _speed\n"},
        "sample/_speed.abi3.so",
        "int add(int a) { return a; }",
    ),
    "an exception of its own": (
        {INIT: "try:\n    import sample._speed\nexcept ValueError:\n    pass\n"},
        SPEED,
        single_phase(first='PyErr_SetString(PyExc_ValueError, "no table"); return NULL;'),
    ),
    "a missing dependency of its own": (
        FALLS_BACK,
        SPEED,
        single_phase(first='if (!PyImport_ImportModule("nosuch_library")) return NULL;'),
    ),
}


@pytest.mark.parametrize("case", HARMLESS)
def test_what_is_not_a_broken_extension_is_left_alone(case: str, project: Project) -> None:
    files, file, source = HARMLESS[case]
    project.write(files)
    project.compile(file.replace("VERSIONED", project.versioned), source)
    assert judged(project.evidence()) == []


def test_one_file_for_each_python_is_not_a_mistake(project: Project) -> None:
    project.write(IMPORTS_IT)
    for tag in ("cpython-39-x86_64-linux-gnu", "cpython-39-darwin", project.versioned):
        project.compile(f"sample/_speed.{tag}.so", GOOD)
    project.tag = f"py3-none-{project.platform}"
    assert judged(project.evidence()) == []


SUBINTERPRETERS = ["3.12", "3.13", "3.14", "3.15"]


@pytest.mark.parametrize("version", SUBINTERPRETERS)
@pytest.mark.parametrize(
    ("source", "codes"),
    [
        pytest.param(GOOD, ["MW807"], id="single-phase"),
        pytest.param(multi_phase(), ["MW807"], id="multi-phase that does not say it can"),
        pytest.param(multi_phase(slots="{3, (void *)2},"), [], id="multi-phase that says it can"),
    ],
)
def test_an_extension_that_subinterpreters_refuse_is_information(
    version: str, source: str, codes: list[str], tmp_path: Path
) -> None:
    project = project_in(tmp_path.resolve(), f"=={version}.*")
    project.write(IMPORTS_IT)
    project.compile(SPEED, source)
    findings = list(judge(project.evidence()))
    assert [(each.code, each.severity) for each in findings] == [
        (code, Severity.INFO) for code in codes
    ]


@pytest.mark.parametrize("version", SUBINTERPRETERS)
def test_an_extension_that_crashes_a_subinterpreter_is_a_warning(
    version: str, tmp_path: Path
) -> None:
    project = project_in(tmp_path.resolve(), f"=={version}.*")
    project.write(IMPORTS_IT)
    second = "if (PyInterpreterState_Get() != PyInterpreterState_Main()) abort()"
    project.compile(SPEED, multi_phase(exec=second, slots="{3, (void *)2},"))
    (finding,) = judge(project.evidence())
    assert (finding.code, finding.severity) == ("MW807", Severity.WARNING)
    assert "crashes" in finding.message


def test_of_a_wheel_without_extensions_nothing_is_asked(project: Project) -> None:
    project.write(IMPORTS_IT | {"sample/_speed.py": "def add(a, b):\n    return a + b\n"})
    evidence = project.evidence()
    assert list(questions(evidence)) == []
    assert judged(evidence) == []
