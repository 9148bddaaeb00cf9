"""The context of a statement: functions, handlers, and the conditions under which it runs."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import islice

from modwright_check.model.python_versions import ALL_MINORS
from modwright_check.static.catching import Missing, catches_import_errors
from modwright_check.static.conditions import Asks, Conditions, mentions

_NEAREST = 20  # conditions around an import whose names are looked at: chains of `elif` may be long


class Where(Enum):
    """When an import statement runs."""

    AT_IMPORT = "at import"  # module level, class bodies, both branches of an `if`
    IN_FUNCTION = "in a function"  # when it is called; a lazy import when its name is first used
    FOR_TYPES = "for type checkers"  # under `if TYPE_CHECKING`, or in a stub


class Role(Enum):
    """What a condition decides."""

    BRANCH = "branch"  # which one of an `if`
    REQUIRED = "required"  # whether the rest of a block runs: `assert`, `if …: return`
    DECORATOR = "decorator"  # whether, and how, a function or class is used
    SUBJECT = "subject"  # which case of a `match`


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition around a statement.

    Args:
        test: Its expression.
        holds: Whether it does where the statement is; None when that is not known.
        role: What it decides.
        when: How many statements of the module come before it.
    """

    test: ast.expr
    holds: bool | None
    role: Role
    when: int


@dataclass(frozen=True, slots=True)
class _Facts:
    """What all conditions around a statement come down to."""

    asks: Asks
    minors: frozenset[int]


@dataclass(eq=False)
class Context:
    """What stands around a statement; most of a block share one.

    Args:
        conditions: What the names of the module's conditions stand for.
        around: The context of what this one stands in; None at the top.
        node: The compound statement or handler that makes the difference; None for the rest of a
            block, after a statement that requires something.
        where: When it runs.
        binds: Whether its names are the module's own.
        certain: Whether it runs in any case: it stands in no branch.
        main: Whether it stands under `if __name__ == "__main__"`.
        tried: Whether it stands in the body or a handler of a `try`, whatever that catches.
        caught: What may be missing, for a `try` around it catches that. It does not in a function
            that is only defined there.
        handler: What runs when an import fails that stands here, be it in a function; None when
            nothing does.
        instead: What is missing when this runs: it stands in a handler, as the second choice.
        made_up_for: Whether the handler of its `try` does something else than to raise.
        function: The first and the last line of the innermost function around it.
        condition: The one that decides about it, beside those of the contexts around.
    """

    conditions: Conditions
    around: "Context | None" = None
    node: ast.AST | None = None
    where: Where = Where.AT_IMPORT
    binds: bool = True
    certain: bool = True
    main: bool = False
    tried: bool = False
    caught: Missing = Missing.NOTHING
    handler: ast.ExceptHandler | None = None
    instead: Missing = Missing.NOTHING
    made_up_for: bool = False
    function: tuple[int, int] | None = None
    condition: Condition | None = None
    _facts: _Facts | None = field(default=None, init=False)

    def inside(self, node: ast.AST | None, **changes: object) -> "Context":
        """Return the context of a block of a statement that stands in this one.

        Args:
            node: The statement, or a handler of it; None for the rest of the block.
            changes: What is different in there.
        """
        return self.but(**{"around": self, "node": node, "condition": None, **changes})

    def but(self, **changes: object) -> "Context":
        """Return the same with other values: `dataclasses.replace` takes five times as long."""
        changed = object.__new__(Context)
        changed.__dict__.update(self.__dict__, _facts=None, **changes)
        return changed

    def under(
        self,
        test: ast.expr,
        when: int,
        node: ast.AST | None = None,
        *,
        holds: bool | None = None,
        role: Role = Role.BRANCH,
    ) -> "Context":
        """Return the context of what a condition decides about.

        Args:
            test: The condition.
            when: How many statements of the module come before it.
            node: The statement that it belongs to.
            holds: Whether it does; None when that is not known.
            role: What it decides.
        """
        changed = self.inside(node, condition=Condition(test, holds, role, when))
        if role is Role.BRANCH or role is Role.SUBJECT:
            changed.certain = False
        verdict = self.conditions.holds(test) if holds is not None else None
        return changed.for_types() if verdict is not None and verdict is not holds else changed

    def for_types(self) -> "Context":
        """Return the same, read by type checkers alone."""
        return self.but(where=Where.FOR_TYPES, binds=False)

    def in_function(self, node: ast.AST, lines: tuple[int, int] | None = None) -> "Context":
        """Return the context of a function's body: a `try` around it catches nothing in there.

        Args:
            node: The function.
            lines: The first and the last of the function; those of the one around it for a lambda.
        """
        return self.inside(
            node,
            where=Where.FOR_TYPES if self.where is Where.FOR_TYPES else Where.IN_FUNCTION,
            binds=False,
            caught=Missing.NOTHING,
            instead=self.instead & ~Missing.MODULE,
            made_up_for=False,
            function=lines or self.function,
        )

    @property
    def asks(self) -> Asks:
        """Return what the conditions around ask for."""
        return self._known().asks

    @property
    def minors(self) -> frozenset[int]:
        """Return the Pythons that run this, by their second numbers.

        None when a test around it asks for the version in a way that nobody here understands.
        """
        return self._known().minors

    @property
    def at_import(self) -> bool:
        """Return whether this runs when the module is imported, not in a function or a script."""
        return self.where is Where.AT_IMPORT and not self.main

    @property
    def platforms(self) -> bool:
        """Return whether the module knows that this does not work on every system."""
        known = self.made_up_for or Missing.NAME in self.instead
        return known or Asks.PLATFORM in self.asks

    @property
    def may_lack_names(self) -> bool:
        """Return whether the module is prepared for what it uses here not to be there."""
        expected = Missing.NAME in self.caught | self.instead
        return expected or bool(self.asks & (Asks.PRESENCE | Asks.NAME))

    def may_lack(self, module: str) -> bool:
        """Return whether the module is prepared for an import that fails here.

        Args:
            module: That is imported. A condition that names it asks for it.
        """
        if Missing.MODULE in self.caught or Asks.PRESENCE in self.asks:
            return True
        top = module.partition(".")[0]
        return any(
            mentions(each.test, top)
            for each in self._nearest()
            if each.role in {Role.BRANCH, Role.SUBJECT}
        )

    def flags(self) -> Iterator[tuple[str, bool | None]]:
        """Yield the names that the conditions ask for, and what they have to be; outermost first.

        None stands for what depends on more than the name.
        """
        for condition in reversed(list(self._nearest())):
            if condition.holds is not None:
                yield from _flags(condition.test, holds=condition.holds)

    def decided_by(self) -> ast.expr | None:
        """Return the one condition that an `if` sets for this, as it holds here; else None."""
        match list(self._nearest()):
            case [Condition(test, True, Role.BRANCH)]:
                return test
            case [Condition(test, False, Role.BRANCH)]:
                return ast.UnaryOp(ast.Not(), test)
        return None

    def chain(self) -> Iterator["Context"]:
        """Yield this context and those around it, the innermost first."""
        context: Context | None = self
        while context is not None:
            yield context
            context = context.around

    def innermost_function(self) -> ast.AST | None:
        """Return the function, not a lambda, that this stands in; None outside of functions."""
        kinds = ast.FunctionDef | ast.AsyncFunctionDef
        return next((each.node for each in self.chain() if isinstance(each.node, kinds)), None)

    def in_a_branch(self) -> bool:
        """Return whether an `if` or a `match` decides about this."""
        return any(isinstance(each.node, ast.If | ast.Match) for each in self.chain())

    def answers(self) -> ast.ExceptHandler | None:
        """Return the handler of a failed import that runs for an import here.

        What stands in such a handler has none: it is the alternative of another import.
        """
        for each in self.chain():
            if isinstance(each.node, ast.ExceptHandler) and catches_import_errors(each.node):
                return None
        return self.handler

    @property
    def class_at_the_top(self) -> str:
        """Return the name, with a dot, of the class of the top level whose body this stands in."""
        match self.node:
            case ast.ClassDef(name) if self.around and self.around.binds:
                return f"{name}."
        return ""

    def _nearest(self) -> Iterator[Condition]:
        conditions = (each.condition for each in self.chain() if each.condition)
        return islice(conditions, _NEAREST)

    def _known(self) -> _Facts:
        """Return what all conditions come down to: worked out once, from the outermost inwards."""
        waiting = []
        facts = None
        for context in self.chain():
            if facts := context._facts:
                break
            waiting.append(context)
        facts = facts or _Facts(Asks.NOTHING, ALL_MINORS)
        for context in reversed(waiting):
            facts = context._facts = context._with(facts)
        return facts

    def _with(self, facts: _Facts) -> _Facts:
        """Return what is known with this context's own condition."""
        condition = self.condition
        if condition is None:
            return facts
        asks = self.conditions.asks(condition.test, condition.when)
        minors = facts.minors
        if Asks.VERSION in asks:
            minors &= self.conditions.minors(condition.test, condition.when, condition.holds)
        if condition.role is Role.DECORATOR and "skip" in ast.unparse(condition.test):
            asks |= Asks.PRESENCE  # a test is left out where something is missing
        if condition.role is Role.REQUIRED:  # that says: the others are too old
            asks &= ~Asks.VERSION
        return _Facts(facts.asks | asks, minors)


def _flags(test: ast.expr, *, holds: bool | None) -> Iterator[tuple[str, bool | None]]:
    """Yield the names that a test asks for, and whether they have to be true or false."""
    match test:
        case ast.Name() | ast.Attribute():
            yield ast.unparse(test), holds
        case ast.Call(ast.Name() | ast.Attribute() as called):
            yield ast.unparse(called), None
        case ast.Compare(ast.Name() | ast.Attribute() as left, [_], [ast.Constant(None)]):
            yield ast.unparse(left), None
        case ast.UnaryOp(ast.Not(), operand):
            yield from _flags(operand, holds=None if holds is None else not holds)
        case ast.BoolOp(operator, values):
            each_has_to = isinstance(operator, ast.And) is holds
            for value in values:
                yield from _flags(value, holds=holds if each_has_to else None)
