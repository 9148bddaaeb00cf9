"""Module names: what a name tells about its module, and how to import it by hand."""

import keyword
import re
import shlex
from collections.abc import Iterator
from functools import cache

_TESTS = re.compile(r"_?(run_?)?tests?|conftest|_?test_\w+|\w+_tests?")
_HELPERS = re.compile(r"_?testing|_?test_?utils?|_?test_helpers?")
_BESIDE = re.compile(r"(docs?|examples?|benchmarks?|bench|tutorials?)_?\d*")
# Names of packages around modules, of none itself.
_VENDORED = re.compile(r"_?vendor(ed)?|vendors|extern|externals|(\w*_)?(third_?party|vendored)")


@cache  # every rule asks of every module
def is_of_tests(module: str) -> bool:
    """Return whether a module holds tests, or lies in a package of tests.

    Who runs them has what they import, and nobody else loads them.

    Args:
        module: Its dotted name.
    """
    return any(
        _TESTS.fullmatch(part) and not _HELPERS.fullmatch(part) for part in module.split(".")
    )


def helps_to_test(module: str) -> bool:
    """Return whether a module helps others to write tests, judging by its name.

    Args:
        module: Its dotted name.
    """
    return not is_of_tests(module) and any(map(_HELPERS.fullmatch, module.split(".")))


def lies_beside(module: str) -> bool:
    """Return whether a module is documentation, an example or a benchmark of its project.

    Who works on the project has what these import, as with tests.

    Args:
        module: Its dotted name.
    """
    return any(map(is_called_beside, module.split(".")[1:-1]))


def is_called_beside(part: str) -> bool:
    """Return whether a package is one of documentation, examples or benchmarks by its own name.

    Args:
        part: The name, without those of the packages around it.
    """
    return _BESIDE.fullmatch(part) is not None


def is_vendored(module: str) -> bool:
    """Return whether a module is another project's that this one merely carries along.

    The project that vendors it neither runs nor fixes it.

    Args:
        module: Its dotted name.
    """
    return any(map(_VENDORED.fullmatch, module.split(".")[:-1]))


def is_a_hook(module: str) -> bool:
    """Return whether a module is for PyInstaller, which finds it by its name.

    https://pyinstaller.org/en/stable/hooks.html

    Args:
        module: Its dotted name.
    """
    return module.rpartition(".")[2].startswith("hook-") or "__pyinstaller" in module.split(".")


def runs_at_start(module: str) -> bool:
    """Return whether a module sets a process up as it starts, once its folder is searched.

    Python runs it, or the project itself does where the module is called after it. Whoever puts
    that folder on the search path asks for it. At the top of site-packages, it runs in any case.

    Args:
        module: Its dotted name.
    """
    package, _, name = module.rpartition(".")
    whose = name.removesuffix("customize")
    if not (package and whose) or whose == name:
        return False
    return whose in {"site", "user"} or package.startswith(whose)


def is_private(module: str) -> bool:
    """Return whether a module, or a package around it, is for its own project alone.

    Args:
        module: Its dotted name.
    """
    return private_parts(module) > 0


def private_parts(module: str) -> int:
    """Return how many parts of a module's name say that it is private.

    Args:
        module: Its dotted name.
    """
    return sum(part.startswith("_") and part != "__main__" for part in module.split("."))


def packages_around(module: str) -> Iterator[str]:
    """Yield the packages that a module lies in, the nearest first.

    Args:
        module: Its dotted name.
    """
    while module := module.rpartition(".")[0]:
        yield module


def with_packages(module: str) -> Iterator[str]:
    """Yield a module's name and those of the packages around it, the nearest first.

    Args:
        module: Its dotted name.
    """
    yield module
    yield from packages_around(module)


def import_command(module: str) -> str:
    """Return the command line that imports a module alone, safe to paste into a shell."""
    parts = module.split(".")
    if all(part.isidentifier() and not keyword.iskeyword(part) for part in parts):
        return f'python -I -c "import {module}"'
    program = f"import importlib; importlib.import_module({module!a})"
    return f"python -I -c {shlex.quote(program)}"


def import_hint(module: str) -> str:
    """Return the hint to see by oneself how the import of a module fails.

    Args:
        module: Its dotted name.
    """
    return f"Run `{import_command(module)}` in an environment that contains only the wheel."
