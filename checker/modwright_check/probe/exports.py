"""Resolves `__all__` and lazy exports."""

from __future__ import annotations

import sys

from .failure import described, stack

TYPE_CHECKING = False  # the module typing is not loaded here
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .result_writer import Outcomes

    Unresolved = tuple[str, str, dict[str, object]]

# While an export is asked for: whether that has asked the network for something.
asked_for: list[bool] = []

_NAME_OF_NOTHING = "no_such_name_anywhere"
_LAZY_IMPORTS = {"lazy_import", "LazyImportType"}


def note_exports(name: str, outcomes: Outcomes) -> None:
    """Resolve the exports of the module `name`, and write down which fail.

    What is asked for is written down before. So if one of them ends the process, it is known which;
    only the last line is the sign that none did.
    """
    failures = _unresolved(name, lambda *asked: outcomes.note("asks", name, asked))
    outcomes.note("exports", name, failures)


def _unresolved(name: str, ask: Callable[[str, str], None]) -> list[Unresolved]:
    """Return the exports of the module `name` that do not resolve.

    Args:
        name: Of the module.
        ask: Told how an entry is exported and the entry, before code of the module is run for it.

    Returns:
        How it is exported (`__all__` or `lazy`), the entry, what happened. Of an entry of `__all__`
        that is not a name `object`, and what that is called. Of a `__all__` that cannot be gone
        through `list`, `__all__` and what happened. Of an export that is there only
        until it has been asked for `replaced`, the entry and what is there from then on. Of a
        module that raises anything but AttributeError when it is asked for what it does not have
        `unknown`, that name and what happened.
    """
    module = sys.modules.get(name)
    namespace = getattr(module, "__dict__", None)
    if type(namespace) is not dict:
        return []
    found: list[Unresolved] = []
    seen = set()
    held = frozenset(namespace)  # to resolve one export may bring the submodules of others
    entries, failure = _entries(namespace.get("__all__", ()))
    if failure:
        found.append(("list", "__all__", failure))
    for entry in entries:
        if type(entry) is not str:
            found.append(("object", _name_of(entry), described(TypeError("not a string"))))
            continue
        seen.add(entry)
        how = "lazy" if "__getattr__" in namespace and entry not in held else "__all__"
        if entry not in held or type(module) is not type(sys):
            ask(how, entry)
        found += _resolved(module, name, how, entry, held)
    for entry in _lazy_entries(module, namespace):
        if entry not in seen:
            ask("lazy", entry)
            found += _resolved(module, name, "lazy", entry, held)
    for entry, value in list(namespace.items()):
        if type(value).__name__ in _LAZY_IMPORTS:
            ask("lazy", entry)
            if failure := _lazy_import_failure(entry, value):
                found.append(("lazy", entry, failure))
    if _answers_for_names(module, namespace):
        ask("unknown", _NAME_OF_NOTHING)
        told = [failure["error"] for _, _, failure in found]
        found += [each for each in _of_unknown_names(module) if each[2]["error"] not in told]
    return found


def _answers_for_names(module: Any, namespace: dict[str, Any]) -> bool:
    """Return whether a module has a say in what it holds, by a function or by its class."""
    return "__getattr__" in namespace or "__getattr__" in vars(type(module))


def attributes(name: str) -> list[str]:
    """Return what the module `name` holds."""
    try:
        return [entry for entry in dir(sys.modules.get(name)) if type(entry) is str]
    except BaseException:  # noqa: BLE001 (__dir__ is the module's own code)
        return []


def has_exports(module: Any) -> bool:
    """Return whether there is anything to resolve."""
    namespace = getattr(module, "__dict__", None)
    if type(namespace) is not dict:
        return False
    answers = _answers_for_names(module, namespace)
    return "__all__" in namespace or answers or sys.version_info >= (3, 15)


def is_plain(module: Any) -> bool:
    """Return whether all that a module exports is there, and to ask for it runs no code."""
    namespace = getattr(module, "__dict__", None)
    if type(module) is not type(sys) or type(namespace) is not dict or "__getattr__" in namespace:
        return False
    public = namespace.get("__all__", ())
    if type(public) not in {list, tuple}:
        return False
    if any(type(entry) is not str or entry not in namespace for entry in public):
        return False
    return _LAZY_IMPORTS.isdisjoint(type(value).__name__ for value in namespace.values())


def _entries(public: Any) -> tuple[list[Any], dict[str, object] | None]:
    """Return the entries as `from module import *` takes them, and what stops it."""
    entries: list[Any] = []
    try:
        while True:
            entries.append(public[len(entries)])
    except IndexError:
        return entries, None
    except BaseException as error:  # noqa: BLE001 (whatever a module calls __all__)
        return entries, described(error)


def _name_of(entry: Any) -> str:
    try:
        return str(getattr(entry, "__name__", None) or type(entry).__name__)
    except BaseException:  # noqa: BLE001 (whatever stands in __all__)
        return "something"


def _resolved(
    module: Any, name: str, how: str, entry: str, held: frozenset[str]
) -> list[Unresolved]:
    """Ask for an export, and again if need be; return what is wrong with it."""
    asked_for.append(False)
    try:
        first = getattr(module, entry)
    except AttributeError as error:
        # `from package import *` imports the submodules that __all__ names.
        return [] if _is_submodule(module, name, entry) else [(how, entry, described(error))]
    except BaseException as error:  # noqa: BLE001 (whatever stands behind a lazy export)
        return [(how, entry, described(error) | {"asks_the_network": asked_for[-1]})]
    finally:
        asked_for.pop()
    if entry not in held and _is_replaced(module, name, entry, first):
        return [("replaced", entry, described(TypeError(f"the submodule {name}.{entry}")))]
    return []


def _of_unknown_names(module: Any) -> list[Unresolved]:
    """Ask a module for what it does not have: `hasattr` has to say no, and not to raise."""
    try:
        hasattr(module, _NAME_OF_NOTHING)
    except BaseException as error:  # noqa: BLE001 (whatever it says of a name that nobody asks for)
        return [("unknown", _NAME_OF_NOTHING, described(error))]
    return []


def _is_replaced(module: Any, name: str, entry: str, first: Any) -> bool:
    """Return whether a lazy export is a submodule of its name from its second use on.

    To import a submodule sets it as an attribute of its package (import system, "Submodules"), and
    nobody asks `__getattr__` any more. A module that has made itself more than a module, such as
    one that can be called, is meant to stand there.
    """
    submodule = sys.modules.get(f"{name}.{entry}")
    if type(submodule) is not type(sys):
        return False
    try:
        if first is submodule:  # it came with another export: what would the first use have given?
            first = _first_use(module, entry, submodule)
        return not issubclass(type(first), type(sys)) and getattr(module, entry) is submodule
    except BaseException:  # noqa: BLE001 (whatever stands behind a lazy export)
        return False


def _first_use(module: Any, entry: str, submodule: Any) -> Any:
    """Return what a module gives for an export before the submodule of its name is imported.

    That is the submodule, unless it holds under this name what the module means.
    """
    getter = module.__dict__.get("__getattr__")
    meant = submodule.__dict__.get(entry, submodule)
    return meant if getter and meant is not submodule and getter(entry) is meant else submodule


def _is_submodule(module: Any, name: str, entry: str) -> bool:
    if not hasattr(module, "__path__"):
        return False
    try:
        __import__(f"{name}.{entry}")
    except BaseException:  # noqa: BLE001 (whatever it raises, it is not there)
        return False
    return True


def _lazy_entries(module: Any, namespace: dict[str, Any]) -> list[str]:
    """Return what a module-level `__getattr__` (PEP 562) says that it answers for.

    By `__dir__`, or by the tables of names that it looks into.
    """
    getter = namespace.get("__getattr__")
    if getter is None:
        return []
    try:
        names = [name for name in dir(module) if name not in namespace]
        for used in getattr(getattr(getter, "__code__", None), "co_names", ()):
            table = namespace.get(used)
            if type(table) is dict:
                names += [key for key in table if type(key) is str and key.isidentifier()]
    except BaseException:  # noqa: BLE001 (__dir__ is the module's own code)
        return []
    return list(dict.fromkeys(names))


def _lazy_import_failure(entry: str, value: Any) -> dict[str, object] | None:
    """Resolve a lazy import (PEP 810, Python 3.15) as its first use would.

    The exception is the reason, and its cause is one that was raised where the import stands.
    """
    top, *submodules = repr(value).split("'")[1].split(".")  # <lazy_import 'package.module'>
    try:
        found = value.resolve()
        if top == entry and found is sys.modules.get(top):  # `import package.module`
            for submodule in submodules:
                found = getattr(found, submodule)
    except BaseException as error:  # noqa: BLE001 (it is described, SystemExit too)
        failure = described(error)
        if error.__cause__:
            failure["frames"] = [*stack(error.__cause__), *stack(error)]
        return failure
    return None
