"""Entry points that do not load, found where they are declared."""

from pathlib import Path

import pytest

from modwright_check.model.report import Finding
from modwright_check.rules.entry_points import judge, questions
from tests.checker.installing import INFO, Project, project_in

pytestmark = pytest.mark.full

SHOP = {
    "shop/__init__.py": "",
    "shop/cli.py": """
        import sys

        VERSION = "1"

        class Till:
            LIMIT = 3

            @classmethod
            def open(cls):
                sys.exit(0)

            def close(self):
                sys.exit(0)

        def main():
            sys.exit(0)

        def given(argv, *, loud):
            sys.exit(0)

        async def serve():
            sys.exit(0)

        started = main
    """,
    "shop/lazy.py": """
        def __getattr__(name):
            if name == "serve":
                return print
            if name == "broken":
                raise RuntimeError("no table")
            raise AttributeError(name)
    """,
    "shop/raising.py": "\nraise RuntimeError('no till')\n",
    "shop/plugin.py": "import nosuch_host\n",
    "shop/asking.py": """
        try:
            import nosuch_host
        except ImportError as error:
            raise ImportError("install the host first") from error
    """,
    "shop/asking_for_itself.py": """
        try:
            import shop.gone
        except ImportError as error:
            raise ImportError("install the shop first") from error
    """,
    "shop/leaving.py": "import os\nos._exit(0)\n",
    "shop/__main__.py": "from shop.cli import main\nmain()\n",
    "shop/front.py": "from shop.back import main, sell\n",
    "shop/back.py": "from shop.cli import given as sell, main\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = project_in(tmp_path.resolve())
    project.write(SHOP)
    return project


def judged(project: Project, **points: str) -> list[Finding]:
    """Declare commands (or, with two underscores, entry points of a group) and judge them."""
    groups: dict[str, list[str]] = {}
    for key, value in points.items():
        group, _, name = key.rpartition("__")
        groups.setdefault(group or "console_scripts", []).append(f"{name} = {value}")
    lines = [f"[{group}]\n" + "\n".join(entries) for group, entries in groups.items()]
    project.entry_points = "\n\n".join(lines) + "\n"
    commands = "\n".join(entry.replace(" = ", ' = "') + '"' for entry in groups["console_scripts"])
    project.pyproject = f"\n[project.scripts]\n{commands}\n"
    return list(judge(project.evidence()))


LOADS = {
    "a function": "shop.cli:main",
    "a method of a class": "shop.cli:Till.open",
    "a class": "shop.cli:Till",
    "another name of a function": "shop.cli:started",
    "what the module computes": "shop.lazy:serve",
    "spaces": "shop.cli : main",
    "a module of Python": "json.tool:main",
    "an extra that nobody has declared": "shop.cli:main [colours]",
}
FAILS = {
    "a module that is not there": (
        "shop.cly:main",
        "the module shop.cly does not exist",
        "shop.cli",
    ),
    "a function that is not there": ("shop.cli:mian", "shop.cli has no mian", "main"),
    "a method that is not there": ("shop.cli:Till.opn", "shop.cli.Till has no opn", "open"),
    "what cannot be called": ("shop.cli:VERSION", "VERSION of shop.cli is not callable", ""),
    "an attribute that cannot be called": ("shop.cli:Till.LIMIT", "is not callable", ""),
    "what fails to be computed": ("shop.lazy:broken", "raises RuntimeError: no table", ""),
    "a module that fails": ("shop.raising:main", "shop.raising cannot be imported", ""),
    "a module that leaves": ("shop.leaving:main", "shop.leaving cannot be imported", ""),
    "a program that runs when it is imported": (
        "shop.__main__:main",
        "shop.__main__ runs the program when it is imported, and ends the process",
        "__name__",
    ),
    "such a program without that name": (
        "shop.__main__:sell",
        "and ends the process; it has no sell",
        "refer to what shop.__main__ has",
    ),
    "a command whose dependency is not declared": (
        "shop.plugin:main",
        "shop.plugin cannot be imported",
        "",
    ),
}


@pytest.mark.parametrize("case", LOADS)
def test_what_loads_is_left_alone(case: str, project: Project) -> None:
    assert judged(project, shop=LOADS[case]) == []


@pytest.mark.parametrize("case", FAILS)
def test_what_does_not_load_is_found_where_it_is_declared(case: str, project: Project) -> None:
    value, words, hint = FAILS[case]
    (finding,) = judged(project, till="shop.cli:main", shop=value)
    assert (finding.code, finding.file, finding.line) == ("MW901", "pyproject.toml", 7)
    assert finding.message.startswith("the command shop cannot be loaded: ")
    assert words in finding.message
    assert hint in finding.hint


UNCALLED = {
    "a function with arguments": ("shop.cli:given", "requires argv and loud", "default"),
    "a function that is async": ("shop.cli:serve", "nothing awaits", "`asyncio.run(serve())`"),
    "a method of objects": ("shop.cli:Till.close", "requires self", "`Till().close()`"),
    "a function that others define": ("shop.front:sell", "requires argv and loud", "default"),
}


@pytest.mark.parametrize("case", UNCALLED)
def test_a_command_that_cannot_be_called_without_arguments_is_found(
    case: str, project: Project
) -> None:
    value, words, hint = UNCALLED[case]
    (finding,) = judged(project, till="shop.cli:main", shop=value, host__plugin=value)
    assert (finding.code, finding.file, finding.line) == ("MW901", "pyproject.toml", 7)
    assert finding.message.startswith("the command shop cannot be run: ")
    assert words in finding.message
    assert hint in finding.hint


def test_a_name_like_no_other_asks_for_its_definition(project: Project) -> None:
    hints = [found.hint for found in judged(project, shop="shop.cli:sell", till="till:main")]
    assert hints == [
        "Define the name there, or refer to one that exists.",
        "Add the module to the wheel, or name one that the wheel contains.",
    ]


def test_other_groups_are_loaded_too(project: Project) -> None:
    (finding,) = judged(project, shop="shop.cli:main", babel__tags="shop.cli:tags")
    assert finding.message == (
        "the entry point of babel tags cannot be loaded: shop.cli has no tags"
    )


def test_what_is_not_a_command_need_not_be_called(project: Project) -> None:
    points = {"babel__version": "shop.cli:VERSION", "babel__module": "shop.cli"}
    assert judged(project, shop="shop.cli:main", **points) == []


def test_what_names_no_object_is_found(project: Project) -> None:
    (finding,) = judged(project, shop="shop.cli:main", babel__tags="the tags of shop")
    assert "'the tags of shop' is not an object reference" in finding.message


def test_a_plugin_may_miss_what_it_is_a_plugin_for(project: Project) -> None:
    assert judged(project, shop="shop.cli:main", host__plugin="shop.plugin") == []


def test_a_plugin_may_say_itself_what_it_misses(project: Project) -> None:
    assert judged(project, shop="shop.cli:main", host__plugin="shop.asking:Plugin") == []
    for points in ({"shop": "shop.asking:main"}, {"host__own": "shop.asking_for_itself:Plugin"}):
        (finding,) = judged(project, **({"till": "shop.cli:main"} | points))
        assert "cannot be imported" in finding.message


def test_an_entry_point_of_an_extra_waits_for_it(project: Project) -> None:
    project.metadata = "Provides-Extra: web\nRequires-Dist: nosuch-library ; extra == 'web'\n"
    assert judged(project, shop="shop.cli:mian [web]") == []


def test_a_wheel_alone_is_told_by_its_own_list(project: Project) -> None:
    judged(project, till="shop.cli:main", shop="shop.cli:mian")
    evidence = project.evidence(only_wheel=True)
    (finding,) = judge(evidence)
    assert (finding.file, finding.line) == (f"{INFO}/entry_points.txt", 3)


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("setup.cfg", "[options.entry_points]\nconsole_scripts =\n    shop = shop.cli:mian\n", 3),
        ("setup.py", "setup(\n  entry_points={'console_scripts': ['shop=shop.cli:mian']},\n)\n", 2),
    ],
)
def test_other_places_to_declare_are_found(
    file: str, text: str, line: int, project: Project
) -> None:
    (project.folder / file).write_text(text, encoding="utf-8")
    project.entry_points = "[console_scripts]\nshop = shop.cli:mian\n"
    (finding,) = judge(project.evidence())
    assert (finding.file, finding.line) == (file, line)


@pytest.mark.parametrize("module", ["shop.cli", "shop.front"])
def test_of_a_plain_function_nothing_is_asked(module: str, project: Project) -> None:
    project.entry_points = f"[console_scripts]\nshop = {module}:main\n"
    evidence = project.evidence()
    assert list(questions(evidence)) == []
    assert list(judge(evidence)) == []


BOUND_TWICE = {
    "its own": "def main(): ...\nmain = None\n",
    "of another module": "from shop.cli import main\nmain = None\n",
    "in a function": """
        from shop.cli import main
        def close():
            global main
            main = None
        close()
    """,
    "by a star": "from shop.cli import main\nfrom shop.names import *\n",
}


@pytest.mark.parametrize("case", BOUND_TWICE)
def test_a_name_that_is_bound_twice_is_tried(case: str, project: Project) -> None:
    project.write({"shop/twice.py": BOUND_TWICE[case], "shop/names.py": "main = None\n"})
    assert [f.code for f in judged(project, shop="shop.twice:main")] == ["MW901"]
