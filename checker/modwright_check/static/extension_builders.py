"""Modules that say how an extension is built, which the build runs in the project's folder."""

import ast

from modwright_check.static.source import Source


def describes_an_extension(source: Source) -> bool:
    """Return whether a module describes an extension for cffi, by `FFI().set_source`.

    So cffi's documentation has it ("Preparing and distributing modules"): setuptools runs the
    module by its path, as the value of `cffi_modules`.

    Args:
        source: The module.
    """
    uses_cffi = any(each.module.partition(".")[0] == "cffi" for each in source.imports)
    nodes = ast.walk(source.tree) if source.tree and uses_cffi else ()
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "set_source"
        for node in nodes
    )
