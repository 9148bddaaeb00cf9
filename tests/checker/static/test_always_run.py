"""What a module's block does in any case, and what its branches may do."""

import ast

import pytest

from modwright_check.static.always_run import always_run, may_run

BRANCHES = {
    "a test": "if x:\n  found()",
    "its other branch": "if x:\n  y\nelif z:\n  found()",
    "a loop": "while x:\n  found()",
    "a loop over what is not written down": "for x in y:\n  found()",
    "a handler": "try:\n  x\nexcept ValueError:\n  found()",
    "what follows when all went well": "try:\n  x\nexcept ValueError:\n  y\nelse:\n  found()",
    "a case": "match x:\n  case 1:\n    found()",
    "behind what may end": "for x in (1, 2):\n  if x: break\n  found()",
    "in a class": "class A:\n  if x:\n    found()",
}
NEVER = {
    "a function": "def f():\n  if x:\n    found()",
    "a method": "class A:\n  def f(self):\n    found()",
    "a main guard": "if __name__ == '__main__':\n  found()",
    "in any case": "with x:\n  found()",
}


def found(text: str) -> bool:
    statements = [ast.unparse(node) for node, _ in may_run(ast.parse(text).body)]
    return "found()" in statements


@pytest.mark.parametrize("text", BRANCHES.values(), ids=BRANCHES)
def test_what_stands_in_branches_may_run(text: str) -> None:
    assert found(text)


@pytest.mark.parametrize("text", NEVER.values(), ids=NEVER)
def test_what_runs_later_or_in_any_case_does_not_depend_on_a_branch(text: str) -> None:
    assert not found(text)


def test_each_statement_runs_in_any_case_or_may_run() -> None:
    body = ast.parse("\n".join(BRANCHES.values())).body
    always = [id(node) for node, _ in always_run(body)]
    perhaps = [id(node) for node, _ in may_run(body)]
    every = {id(node) for each in body for node in ast.walk(each) if isinstance(node, ast.stmt)}
    assert sorted([*always, *perhaps]) == sorted(every)


def test_context_managers_around_a_branch_are_told() -> None:
    (_, managers), *_ = (
        each
        for each in may_run(ast.parse("with x:\n  if y:\n    z").body)
        if ast.unparse(each[0]) == "z"
    )
    assert [ast.unparse(each) for each in managers] == ["x"]
