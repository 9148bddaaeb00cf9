"""Prints what the standard library of the Python that runs this offers: one JSON object.

A module's name stands for itself, `module:name` for what it binds, `module:Class.name` for what a
class has, `module:name(parameter)` for a keyword that a function or class takes. The keys say that
it is there; `unknown` lists what this build cannot tell: modules that do not import here, functions
without a signature. Names on its stdin are looked for as well: a module's `__getattr__` gives some
that it never lists.
It runs on every Python from 3.7 on, imports nothing but the standard library, and starts nothing.
"""

from __future__ import annotations

import contextlib
import enum
import importlib
import inspect
import io
import json
import os
import pkgutil
import sys
import sysconfig
import warnings
from operator import attrgetter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

STDLIB = sysconfig.get_path("stdlib")
# Tests, programs that open windows or a browser, and what only vendors use.
LEFT_OUT = ("test", "tests", "idlelib", "turtledemo", "antigravity", "this", "ensurepip")
# These have no file of their own.
HIDDEN = ("os.path", "collections.abc", "typing.io", "typing.re", "math.integer")


def module_names() -> list[str]:
    folders = [STDLIB, os.path.join(STDLIB, "lib-dynload")]  # noqa: PTH118 (3.7 runs this too)
    names = set(sys.builtin_module_names).union(HIDDEN, _below("", folders))
    return sorted(name for name in names if not any(map(_left_out, name.split("."))))


def _below(package: str, folders: list[str]) -> Iterator[str]:
    for module in pkgutil.iter_modules(folders):
        yield package + module.name
        if module.ispkg and not _left_out(module.name):
            inside = os.path.join(folders[0], module.name)  # noqa: PTH118
            yield from _below(package + module.name + ".", [inside])


def _left_out(part: str) -> bool:
    return part in LEFT_OUT or (part.startswith("_") and part != "__future__")


def parameters(function: Callable[..., object]) -> list[str] | None:
    """Return what a function takes by keyword; None when it does not say, or takes anything."""
    try:
        signature = inspect.signature(function)
    except (ValueError, TypeError, AttributeError):
        return None
    kinds = inspect.Parameter
    if any(one.kind is kinds.VAR_KEYWORD for one in signature.parameters.values()):
        return None
    by_keyword = (kinds.POSITIONAL_OR_KEYWORD, kinds.KEYWORD_ONLY)
    return [one.name for one in signature.parameters.values() if one.kind in by_keyword]


def _attributes(module: ModuleType) -> Iterator[tuple[str, object]]:
    """Yield what a module offers: not what it has only imported for its own use."""
    for name in dir(module):
        value = getattr(module, name, None)
        home = value.__name__ if inspect.ismodule(value) else getattr(value, "__module__", None)
        top = str(home or module.__name__).partition(".")[0].lstrip("_")
        of_its_own = top in (module.__name__.partition(".")[0], "builtins", "posix", "nt")
        exported = name in getattr(module, "__all__", ())
        if not name.startswith("_") and (of_its_own or exported):
            yield name, value


def _has_no_parameters_of_its_own(value: object) -> bool:
    return isinstance(value, enum.EnumMeta) or (
        isinstance(value, type) and issubclass(value, BaseException)
    )


def survey() -> tuple[set[str], set[str]]:
    there, unknown = [], []
    for name in module_names():
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                module = importlib.import_module(name)
        except BaseException:  # noqa: BLE001
            unknown.append(name)
            continue
        there.append(name)
        for attribute, value in _attributes(module):
            key = name + ":" + attribute
            there.append(key)
            if not callable(value) or _has_no_parameters_of_its_own(value):
                continue
            taken = parameters(value)
            if taken is None:
                unknown.append(key)
            else:
                there.extend(key + "(" + parameter + ")" for parameter in taken)
    return set(there), set(unknown)


def offers(name: str) -> bool:
    """Return whether `module:name` or `module:Class.name` is there, listed or not."""
    module, _, attribute = name.partition(":")
    try:
        attrgetter(attribute)(importlib.import_module(module))
    except BaseException:  # noqa: BLE001
        return False
    return True


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    there, unknown = survey()
    asked_for = {name for name in sys.stdin.read().split() if ":" in name and "(" not in name}
    there.update(filter(offers, asked_for - there))
    json.dump({"there": sorted(there), "unknown": sorted(unknown)}, sys.stdout)
