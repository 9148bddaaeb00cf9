"""Calls that parse the command line of the process."""

import ast
from collections.abc import Sequence
from copy import copy

from modwright_check.static.own_names import OwnNames, assigned
from modwright_check.static.process_wide_names import PARSERS, PARSES, PARSING


class ParsedCommandLines:
    """Which calls of a module parse the command line.

    Args:
        own: What the module's names stand for.
        body: Of the module.
    """

    def __init__(self, own: OwnNames, body: Sequence[ast.stmt]) -> None:
        self._own = own
        self._parsers = assigned(body, self._parser)

    def beside(self, local: Sequence[ast.stmt]) -> "ParsedCommandLines":
        """Return the same, knowing as well what a block gives its names."""
        here = copy(self)
        here._parsers = self._parsers | assigned(local, self._parser)
        return here

    def are_parsed_by(self, call: ast.Call, name: str) -> bool:
        """Return whether a call parses the command line, which it does when nothing is given.

        Args:
            call: Of whatever function.
            name: Of the function, with dots.
        """
        match call.func:
            case ast.Attribute(ast.Name(parser), how) if parser in self._parsers:
                parses = how in PARSES
            case ast.Attribute(ast.Call() as made, how):
                parses = how in PARSES and bool(self._parser(made))
            case _:
                parses = False
        given = call.args if parses else call.args[:1]
        whole = all(self._is_command_line(each) for each in given) and not call.keywords
        if name == "docopt.docopt":
            return len(call.args) == 1 and not any(each.arg == "argv" for each in call.keywords)
        return whole and (parses or (name in PARSING and bool(given)))

    def _is_command_line(self, node: ast.expr) -> bool:
        base = node.value if isinstance(node, ast.Subscript) else node
        return self._own.dotted(base) == "sys.argv"

    def _parser(self, node: ast.expr) -> str | None:
        if not isinstance(node, ast.Call):
            return None
        made_by = self._own.class_made_by(node)
        bases = made_by.bases if made_by else ()
        made = {self._own.dotted(node.func), *map(self._own.dotted, bases)}
        return next(iter(made & PARSERS), None)
