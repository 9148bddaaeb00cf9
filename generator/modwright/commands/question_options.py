"""The options of `modwright new` that answer questions, made out of `copier.yml`."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import click

from modwright.scaffold.questions import Question, read_questions
from modwright.scaffold.source import template_root


class QuestionCommand(click.Command):
    """A command with an option for each question of the template.

    They are made when the command is parsed, and once: importing this module reads no file, and
    click asks for the parameters several times.
    """

    @cached_property
    def _answers(self) -> list[click.Option]:
        questions = read_questions(template_root())
        return [_option(question, questions) for question in questions]

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the command's own parameters with the questions' options after the arguments."""
        own = super().get_params(ctx)
        arguments = [parameter for parameter in own if isinstance(parameter, click.Argument)]
        return [*arguments, *self._answers, *(p for p in own if p not in arguments)]


def _option(question: Question, questions: Sequence[Question]) -> click.Option:
    described = _help(question, questions)
    if question.yes_or_no:
        no = question.option.replace("--", "--no-", 1)
        names = [f"{question.option}/{no}", question.name]
        return click.Option(names, default=None, help=described)
    return click.Option(
        [question.option, question.name],
        type=click.Choice(list(question.choices)) if question.choices else click.STRING,
        multiple=question.many,
        default=None,
        metavar=None if question.choices else "NAME" if question.many else "TEXT",
        help=described,
    )


def _help(question: Question, questions: Sequence[Question]) -> str:
    described = [f"{value}: {label}" for value, label in question.choices.items() if label != value]
    parts = [question.help + ".", *(f"{text}." for text in described)]
    if question.many:
        parts.append("May be repeated.")
    parts.append(f"[default: {_default(question.default, questions)}]")
    return " ".join(parts)


def _default(default: Any, questions: Sequence[Question]) -> str:
    """Return a default in words; of an expression, what it is made from."""
    if isinstance(default, str) and "{" in default:
        asked = [each.option for each in questions if re.search(rf"\b{each.name}\b", default)]
        return f"made from {' and '.join(asked) or 'the name of the folder'}"
    if isinstance(default, bool):
        return "yes" if default else "no"
    if isinstance(default, list):
        return ", ".join(default) or "none"
    return str(default or "none")
