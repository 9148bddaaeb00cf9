"""Lines of path files, which Python runs whenever it starts."""

import ast


def waits_to_be_asked(line: str) -> bool:
    """Return whether a line does nothing unless somebody has set an environment variable.

    What it imports before, to ask for that, is `os` or `sys`, which every start has loaded.

    Args:
        line: Of a path file, that begins with `import`.
    """
    try:
        statements = ast.parse(line).body
    except (SyntaxError, ValueError):
        return False
    return all(map(_does_nothing, statements)) and not all(map(_is_import, statements))


def _does_nothing(statement: ast.stmt) -> bool:
    """Return whether a statement does nothing as long as no environment variable is set."""
    match statement:
        case ast.If(test, orelse=[]):
            return _wants_a_variable(test)
        case ast.Expr(ast.Call(ast.Name("exec"), [ast.Constant(str(text))])):
            return waits_to_be_asked(text)  # a line holds no `if` in any other way
        case ast.Expr(ast.BoolOp(ast.And(), [test, *_])):
            return _wants_a_variable(test)
        case ast.Expr(ast.IfExp(test, orelse=ast.Constant())):
            return _wants_a_variable(test)
        case ast.Try(body, _, orelse, finalbody):
            return all(map(_does_nothing, [*body, *orelse, *finalbody]))
    return _is_import(statement)


def _is_import(statement: ast.stmt) -> bool:
    match statement:
        case ast.Import(names):
            return {alias.name for alias in names} <= {"os", "sys"}
    return False


def _wants_a_variable(test: ast.expr) -> bool:
    """Return whether a test fails as long as an environment variable is not set."""
    match test:
        case ast.BoolOp(ast.And(), values):
            return any(map(_wants_a_variable, values))
        case ast.BoolOp(ast.Or(), values):
            return all(map(_wants_a_variable, values))
        case ast.Compare(asked, [ast.Eq()], [ast.Constant(str())]):
            return _wants_a_variable(asked)
        case ast.Compare(ast.Constant(), [ast.In()], [asked]):
            return ast.unparse(asked) == "os.environ"
        case ast.Call(asked, [_, *default], []):  # which stands for what is not set
            is_set = any(not isinstance(each, ast.Constant) or each.value for each in default)
            return not is_set and ast.unparse(asked) in {"os.getenv", "os.environ.get"}
    return False
