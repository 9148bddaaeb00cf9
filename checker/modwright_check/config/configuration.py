"""`[tool.modwright.check]` of pyproject.toml, and what the command line changes in it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from pathlib import Path
from typing import Any, NoReturn

from modwright_check.config.suggestions import advice, shown
from modwright_check.model.codes import CODES
from modwright_check.model.errors import UsageFailed

LONGEST_TIME_LIMIT = 86_400  # seconds, a day; the clocks of some systems end soon after

_TABLE = "[tool.modwright.check]"
_BEGINNINGS = sorted({code[:length] for code in CODES for length in range(2, len(code) + 1)})
_NO_SUCH_CODE = "Use a code such as MW501, or a prefix such as MW5."

_PATTERN = re.compile(r"[\w.*?!\[\]-]+")
# https://packaging.python.org/en/latest/specifications/name-normalization/
_NAME = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?", re.IGNORECASE | re.ASCII)
_VARIABLE = re.compile(r"[A-Za-z0-9_*?]*[A-Za-z0-9_][A-Za-z0-9_*?]*")

# In the words of TOML, a subclass before its class.
_KINDS: Mapping[type | tuple[type, ...], str] = {
    bool: "a boolean",
    int: "an integer",
    float: "a float",
    str: "a string",
    list: "an array",
    dict: "a table",
    (date, time): "a date or time",
}


@dataclass(frozen=True)
class Configuration:
    """What a project asks of its check; the defaults are those of a project that asks for nothing.

    Args:
        select: Codes, or beginnings of codes, that are reported; the default is all of them.
        ignore: Codes, or beginnings of codes, that are not reported.
        per_module_ignores: More of those, by a pattern of module names (`pkg.vendored.*`).
        time_limit: Seconds that each import may take.
        max_modules: How many modules one import may load (deterministic), by a pattern of module
            names; the first that matches counts. Empty for no budget.
        extras: Extras that are checked too, one after the other.
        zip_safe: Whether the project says that it can be imported from a zip file.
        provided_by_host: Top-level modules that the program brings which the project runs in.
        package_module_names: By the names of distributions, the modules that they hold, where
            these are called otherwise.
        baseline: The file with what is known already, relative to the project; empty for none.
        strains: Whether modules are imported under strain as well.
        build_time_limit: Seconds that a build may take.
        build_environment: Patterns of names of environment variables that builds are given besides
            those that compilers and uv need.
    """

    select: tuple[str, ...] = ("MW",)
    ignore: tuple[str, ...] = ()
    per_module_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    time_limit: float = 30.0
    max_modules: Mapping[str, int] = field(default_factory=dict)
    extras: tuple[str, ...] = ()
    zip_safe: bool = False
    provided_by_host: tuple[str, ...] = ()
    package_module_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    baseline: str = ""
    strains: bool = True
    build_time_limit: float = 3600.0
    build_environment: tuple[str, ...] = ()


@dataclass(frozen=True)
class Overrides:
    """What the command line says about what the configuration says as well.

    Args:
        select: In place of what the configuration selects; empty to leave it.
        ignore: Added to what the configuration ignores.
        time_limit: In place of the configuration's; None to leave it.
        baseline: The file with what is known already, in place of the configuration's.
        write_baseline: Whether that file is written, with all that is found.
        strains: False to leave out the imports under strain, whatever the configuration says.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    time_limit: float | None = None
    baseline: Path | None = None
    write_baseline: bool = False
    strains: bool = True

    def applied_to(self, configuration: Configuration) -> Configuration:
        """Return a configuration as this command line wants it."""
        return replace(
            configuration,
            select=self.select or configuration.select,
            ignore=(*configuration.ignore, *self.ignore),
            time_limit=self.time_limit or configuration.time_limit,
            strains=self.strains and configuration.strains,
        )


def read_configuration(pyproject: Mapping[str, Any]) -> Configuration:
    """Read what a project asks of its check.

    Args:
        pyproject: The content of its pyproject.toml; an empty one asks for nothing.

    Raises:
        UsageFailed: A key or a code is unknown, or a value is not of its kind.
    """
    tool = _table(pyproject.get("tool", {}), "pyproject.toml: [tool]")
    ours = _table(tool.get("modwright", {}), "pyproject.toml: [tool.modwright]")
    _demand_known(ours, ("check",), "pyproject.toml: [tool.modwright]")
    asked = _table(ours.get("check", {}), f"pyproject.toml: {_TABLE}")
    _demand_known(asked, tuple(_READERS), f"pyproject.toml: {_TABLE}")
    values = {"zip-safe": _zip_safe_for_setuptools(tool)} | {
        key: _READERS[key](value, f"pyproject.toml: {_TABLE} {key}") for key, value in asked.items()
    }
    return Configuration(**{key.replace("-", "_"): value for key, value in values.items()})


def read_overrides(
    select: Iterable[str],
    ignore: Iterable[str],
    time_limit: float | None,
    baseline: Path | None = None,
    *,
    write_baseline: bool = False,
    strains: bool = True,
) -> Overrides:
    """Read what the command line says; codes may be lists with commas.

    Raises:
        UsageFailed: A code is unknown, or no import could take so long.
    """
    return Overrides(
        select=_codes(_split(select), "--select"),
        ignore=_codes(_split(ignore), "--ignore"),
        time_limit=None if time_limit is None else _seconds(time_limit, "--time-limit"),
        baseline=baseline,
        write_baseline=write_baseline,
        strains=strains,
    )


def _split(lists: Iterable[str]) -> list[str]:
    return [code.strip() for codes in lists for code in codes.split(",")]


def _zip_safe_for_setuptools(tool: Mapping[str, Any]) -> bool:
    """Return a setting of the build back end, which checks the rest of that table itself."""
    setuptools = tool.get("setuptools")
    return isinstance(setuptools, dict) and setuptools.get("zip-safe") is True


def _demand_known(table: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in table:
        if key not in known:
            raise UsageFailed(f"{where} {shown(key)}: no such key. {advice(key, known)}")


def _refuse(value: object, expected: str, where: str) -> NoReturn:
    """Raise what says which kind of value is expected, and which one is there."""
    kind = next((name for type_, name in _KINDS.items() if isinstance(value, type_)), "a value")
    raise UsageFailed(f"{where}: expected {expected}, not {kind}.")


def _table(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        _refuse(value, "a table", where)
    return value


def _strings(value: object, where: str, expected: str) -> list[str]:
    if not isinstance(value, list):
        _refuse(value, expected, where)
    for item in value:
        if not isinstance(item, str):
            _refuse(item, f"{expected} and nothing else in it", where)
    return value


def _codes(value: object, where: str) -> tuple[str, ...]:
    """Return codes and beginnings of codes, each of which stands for one code at least."""
    codes = _strings(value, where, 'an array of codes such as ["MW501"]')
    for code in codes:
        if code not in _BEGINNINGS:
            raise UsageFailed(
                f"{where}: {shown(code)}: no such code. {advice(code, _BEGINNINGS, _NO_SUCH_CODE)}"
            )
    return tuple(codes)


def _selected_codes(value: object, where: str) -> tuple[str, ...]:
    codes = _codes(value, where)
    if not codes:  # under which any project would be clean
        raise UsageFailed(f"{where}: nothing is selected. Add a code, or remove the key.")
    return codes


def _by_module(
    value: object, where: str, expected: str, read: Callable[[Any, str], Any]
) -> dict[str, Any]:
    """Return a table whose keys are patterns of module names, its values read one by one."""
    if not isinstance(value, dict):
        _refuse(value, expected, where)
    for pattern in value:
        if not _PATTERN.fullmatch(pattern):
            raise UsageFailed(
                f"{where} {shown(pattern)}: not a pattern of module names. "
                "Use a dotted name such as shop.vendored.*"
            )
    return {pattern: read(item, f"{where} {shown(pattern)}") for pattern, item in value.items()}


def _codes_by_module(value: object, where: str) -> dict[str, tuple[str, ...]]:
    return _by_module(value, where, 'a table such as {"shop.vendored.*" = ["MW5"]}', _codes)


def _counts_by_module(value: object, where: str) -> dict[str, int]:
    if isinstance(value, int) and not isinstance(value, bool):
        return {"*": _count(value, where)}
    return _by_module(value, where, 'an integer, or a table such as {"shop.*" = 200}', _count)


def _count(value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        _refuse(value, "an integer", where)
    if value <= 0:
        raise UsageFailed(
            f"{where}: expected at least 1 module: an import loads the module itself."
        )
    return value


def _seconds(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        _refuse(value, "a number of seconds", where)
    if not 0 < value <= LONGEST_TIME_LIMIT:
        raise UsageFailed(
            f"{where}: expected more than 0 seconds, and at most {LONGEST_TIME_LIMIT}."
        )
    return float(value)


def _extras(value: object, where: str) -> tuple[str, ...]:
    names = _strings(value, where, 'an array of names of extras such as ["cli"]')
    for name in names:
        if not _NAME.fullmatch(name):
            raise UsageFailed(f"{where}: {shown(name)}: not a valid name of an extra.")
    return tuple(names)


def _host_modules(value: object, where: str) -> tuple[str, ...]:
    names = _modules(value, where)
    for name in names:
        if "." in name:
            raise UsageFailed(f"{where}: {shown(name)}: use the name of the top-level module.")
    return names


def _modules(value: object, where: str) -> tuple[str, ...]:
    names = _strings(value, where, 'an array of modules such as ["bpy"]')
    for name in names:
        if not all(part.isidentifier() for part in name.split(".")):
            raise UsageFailed(f"{where}: {shown(name)}: not a valid name of a module.")
    return tuple(names)


def _modules_by_distribution(value: object, where: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        _refuse(value, 'a table such as {"pillow" = ["PIL"]}', where)
    for name in value:
        if not _NAME.fullmatch(name):
            raise UsageFailed(f"{where}: {shown(name)}: not a valid name of a distribution.")
    return {name: _modules(item, f"{where} {shown(name)}") for name, item in value.items()}


def _variables(value: object, where: str) -> tuple[str, ...]:
    patterns = _strings(value, where, 'an array of names of variables such as ["MY_SDK_*"]')
    for pattern in patterns:
        if not _VARIABLE.fullmatch(pattern):
            raise UsageFailed(f"{where}: {shown(pattern)}: not a pattern of names of variables.")
    return tuple(patterns)


def _yes_or_no(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        _refuse(value, "true or false", where)
    return value


def _path(value: object, where: str) -> str:
    if not isinstance(value, str):
        _refuse(value, "a string, the path of a file", where)
    if not value or "\0" in value:
        raise UsageFailed(f"{where}: {shown(value)}: not a valid path of a file.")
    return value


_READERS: Mapping[str, Callable[[Any, str], Any]] = {
    "select": _selected_codes,
    "ignore": _codes,
    "per-module-ignores": _codes_by_module,
    "time-limit": _seconds,
    "max-modules": _counts_by_module,
    "extras": _extras,
    "zip-safe": _yes_or_no,
    "provided-by-host": _host_modules,
    "package-module-names": _modules_by_distribution,
    "baseline": _path,
    "strains": _yes_or_no,
    "build-time-limit": _seconds,
    "build-environment": _variables,
}
