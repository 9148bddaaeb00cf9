"""Libraries that a module has `ctypes` look for, and load by their names."""

import ast
from collections.abc import Iterator

from modwright_check.static.source import Source

_LOADS = {"LoadLibrary", "WinDLL", "OleDLL"}
# What every Windows has: https://learn.microsoft.com/windows/win32/apiindex/windows-umbrella-libraries
_OF_WINDOWS = {
    *("advapi32", "comctl32", "comdlg32", "dbghelp", "gdi32", "iphlpapi", "kernel32", "mpr"),
    *("msvcrt", "netapi32", "ntdll", "ole32", "oleaut32", "powrprof", "psapi", "secur32"),
    *("setupapi", "shcore", "shell32", "shlwapi", "user32", "userenv", "version", "winmm"),
    *("winspool", "wintrust", "ws2_32", "wtsapi32"),
}


def has_a_library_loaded(source: Source) -> bool:
    """Return whether a module has libraries loaded, of which none comes with Windows itself.

    Args:
        source: The module.
    """
    named = [
        node.args[0]
        for node in (ast.walk(source.tree) if source.tree else ())
        if isinstance(node, ast.Call) and node.args and _called(node) in _LOADS
    ]
    return bool(named) and not any(_is_of_windows(each) for each in named)


def libraries_found(source: Source) -> frozenset[str]:
    """Return the names that stand for what `find_library` has found, or has not.

    Args:
        source: The module.
    """
    if source.tree is None or "find_library" not in source.text:
        return frozenset()
    return frozenset(_bound_to_what_is_found(source.tree))


def _bound_to_what_is_found(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Assign([ast.Name(name)], ast.Call() as call) | ast.NamedExpr(
                ast.Name(name), ast.Call() as call
            ) if _called(call) == "find_library":
                yield name


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
    return ""


def _is_of_windows(name: ast.expr) -> bool:
    match name:
        case ast.Constant(str(text)):
            return text.lower().removesuffix(".dll") in _OF_WINDOWS
    return False
