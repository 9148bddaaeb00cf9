"""Which branches of the Jinja templates have been rendered.

Every `if`, `elif`, `else` and `for` of a template, and both outcomes of an inline `if`, is given a
call that notes it. An `if` without an `else` has an unwritten one: a condition that is never false
is a branch that nobody needs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from inspect import unwrap

from jinja2 import Environment, nodes

from modwright.scaffold.compiling import compiled_once

# A template's name (its text, where it has none), the line, and which way it goes on from there.
Place = tuple[str, int, str]

_ACTIVE: list["Branches"] = []


@dataclass
class Branches:
    """The branches that exist and those that were taken."""

    all: set[Place] = field(default_factory=set)
    taken: set[Place] = field(default_factory=set)


def note(template: str, line: int, what: str, value: object = "") -> object:
    """Note a branch taken; called from within the templates."""
    for branches in _ACTIVE:
        branches.taken.add((template, line, what))
    return value


@contextmanager
def recorded() -> Iterator[Branches]:
    """Record the branches of all templates that Jinja compiles meanwhile."""
    branches = Branches()
    parse = Environment._parse  # (where Jinja itself lets extensions in)
    compile_ = Environment.compile

    def parse_and_mark(
        self: Environment, source: str, name: str | None, filename: str | None
    ) -> nodes.Template:
        tree = parse(self, source, name, filename)
        _mark(tree, name or source.strip(), branches)
        return tree

    Environment._parse = parse_and_mark  # type: ignore[method-assign]
    Environment.compile = unwrap(compile_)  # type: ignore[method-assign]
    _ACTIVE.append(branches)
    try:
        with compiled_once():  # anew, with the marks
            yield branches
    finally:
        _ACTIVE.remove(branches)
        Environment.compile = compile_  # type: ignore[method-assign]
        Environment._parse = parse  # type: ignore[method-assign]


def _mark(tree: nodes.Template, template: str, branches: Branches) -> None:
    def call(node: nodes.Node, what: str, *value: nodes.Expr) -> nodes.Call:
        place = (template, node.lineno, what)
        branches.all.add(place)
        function = nodes.ImportedName(f"{__name__}.note")
        return nodes.Call(function, [*map(nodes.Const, place), *value], [], None, None)

    def noted(node: nodes.Node, what: str) -> nodes.Node:
        return nodes.ExprStmt(call(node, what))

    ifs = list(tree.find_all(nodes.If))
    elifs = [branch for node in ifs for branch in node.elif_]
    for node in ifs:
        node.body.insert(0, noted(node, "if"))
        if not any(node is branch for branch in elifs):
            node.else_.insert(0, noted(node, "else"))
    for loop in list(tree.find_all(nodes.For)):
        loop.body.insert(0, noted(loop, "for"))
    for choice in list(tree.find_all(nodes.CondExpr)):
        choice.expr1 = call(choice, "if", choice.expr1)
        if choice.expr2 is not None:
            choice.expr2 = call(choice, "else", choice.expr2)
    # What the parser gives to its own nodes.
    assert tree.environment
    tree.set_environment(tree.environment)
    tree.set_lineno(1)
