"""Copier's failures, of which most are not its own exceptions, as one line each."""

import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError

from modwright.errors import Interrupted, TemplateFailed, in_words

# How Copier words what is wrong with an answer (copier/_main.py and _user_data.py, 9.16 to 9.19).
_WORDINGS = (
    (re.compile(r"Validation error for question '(\w+)': (.+)", re.DOTALL), "{0}: {1}"),
    (re.compile(r"Invalid choice for '(\w+)': (.+)", re.DOTALL), "{0}: {1}"),
    (
        re.compile(r'Question "(\w+)" is required'),
        "{0}: no answer, and it has no default. Give it as an option or with --data {0}=VALUE.",
    ),
)


@contextmanager
def told_in_one_line(template: Path) -> Iterator[None]:
    """Turn whatever is raised on account of template or answers into a `TemplateFailed`."""
    try:
        yield
    except KeyboardInterrupt:
        raise Interrupted("interrupted; nothing was written") from None
    except TemplateError as error:
        raise TemplateFailed(_template_error(error, template)) from error
    except OSError as error:
        raise TemplateFailed(_system_error(error)) from error
    except Exception as error:  # a template can fail in any way that a program can
        raise TemplateFailed(_answer_error(error)) from error


def _answer_error(error: Exception) -> str:
    message = str(error) or type(error).__name__
    for pattern, wording in _WORDINGS:
        if found := pattern.search(message):
            return wording.format(*(part.strip() for part in found.groups()))
    if type(error).__name__ == "ValidationError":  # pydantic's, for a file of settings
        return f"Copier's settings file is not valid: {message}"
    if question := _question_at_fault(error):
        return f"{question}: {message}"
    return message


def _question_at_fault(error: Exception) -> str | None:
    """Return the question that Copier was at, which it does not say when a value has no parse."""
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_name == "_ask" and isinstance(frame.f_locals.get("var_name"), str):
            name: str = frame.f_locals["var_name"]
            return name
    return None


def _template_error(error: TemplateError, template: Path) -> str:
    if isinstance(error, TemplateSyntaxError):
        place = f" in {error.name or error.filename}, line {error.lineno}"
    else:
        # Jinja rewrites tracebacks: the innermost frame of the template is the line at fault.
        frames = traceback.extract_tb(error.__traceback__)
        inside = [frame for frame in frames if Path(frame.filename).is_relative_to(template)]
        place = f" in {inside[-1].filename}, line {inside[-1].lineno}" if inside else ""
    return f"The template has an error{place}: {error.message}. Please report it."


def _system_error(error: OSError) -> str:
    if stderr := getattr(error, "stderr", ""):  # plumbum's, for a program that failed
        return f"A program failed: {stderr.strip().splitlines()[-1]}"
    return in_words(error)
