"""Jinja's compiler, which Copier asks for the same texts again and again."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from types import CodeType
from typing import Any


@contextmanager
def compiled_once() -> Iterator[None]:
    """Compile each text once meanwhile. A new project asks for a thousand; 233 are distinct.

    Whoever makes several projects does it around them all: the next ones compile nothing.
    """
    from jinja2 import Environment  # noqa: PLC0415 (as late as Copier)

    compile_ = Environment.compile
    if hasattr(compile_, "__wrapped__"):  # it is done already
        yield
        return
    compiled: dict[tuple[object, ...], CodeType] = {}

    @wraps(compile_)
    def compile_once(self: Environment, source: str, *where: Any, **how: Any) -> CodeType:
        # Jinja keeps one lexer for each set of settings.
        key = (type(self), self.lexer, source, where, *how.items())
        if key in compiled:
            self.preprocess(source)  # by which Copier's own tag is reset
        else:
            compiled[key] = compile_(self, source, *where, **how)
        return compiled[key]

    Environment.compile = compile_once  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        Environment.compile = compile_  # type: ignore[method-assign]
