"""The entries of `__all__`, as far as they are literal."""

import ast


class Exported:
    """What a module exports by name.

    Attributes:
        names: The entries; None without `__all__`.
    """

    def __init__(self) -> None:
        self.names: list[str] | None = None

    def read(self, statement: ast.stmt) -> None:
        """Take note of a statement of the module's top level."""
        match statement:
            case ast.Assign(targets, value) if any(map(_is_all, targets)):
                self.names = strings(value)
            case ast.AnnAssign(target, _, ast.expr() as value) if _is_all(target):
                self.names = strings(value)
            case ast.AugAssign(target, _, value) if _is_all(target):
                self._add(strings(value))
            case ast.Expr(ast.Call(ast.Attribute(target, how), [argument])) if _is_all(target):
                self._changed(how, argument)

    def _changed(self, how: str, argument: ast.expr) -> None:
        match how, argument:
            case "append", _:
                self._add(strings(ast.List([argument])))
            case "extend", _:
                self._add(strings(argument))
            case "remove", ast.Constant(gone) if self.names:
                self.names = [name for name in self.names if name != gone]

    def _add(self, names: list[str]) -> None:
        self.names = [*(self.names or ()), *names]


def strings(value: ast.expr) -> list[str]:
    """Return the literal strings of a list, a tuple or a set, and of sums of them."""
    match value:
        case ast.List(elts) | ast.Tuple(elts) | ast.Set(elts):
            values = (each.value for each in elts if isinstance(each, ast.Constant))
            return [each for each in values if isinstance(each, str)]
        case ast.BinOp(left, ast.Add(), right):
            return [*strings(left), *strings(right)]
    return []


def _is_all(target: ast.expr) -> bool:
    return isinstance(target, ast.Name) and target.id == "__all__"
