"""Filters of findings: codes selected and ignored, by module, and on a line of source."""

from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatchcase
from functools import cache

from modwright_check.config.configuration import Configuration
from modwright_check.config.ignore_comments import ignored_on_lines
from modwright_check.model.report import Finding

# The source of a file that a finding names; None when it has none that can be read.
TextOf = Callable[[str], str | None]


def is_asked_for(code: str, module: str, configuration: Configuration) -> bool:
    """Return whether a finding of a code is reported of a module, wherever it lies."""
    return _is_selected(code, configuration) and not _is_ignored_for(code, module, configuration)


def selected(
    findings: Iterable[Finding], configuration: Configuration, text_of: TextOf
) -> tuple[Finding, ...]:
    """Return the findings that the project wants reported, in their order.

    The longest code, or beginning of a code, that a finding matches in `select` and `ignore`
    decides; when both are equally long, it is ignored. What is ignored for its module or on its
    line is ignored whatever is selected.

    Args:
        findings: All that the rules have found.
        configuration: Of the project, with what the command line changes in it.
        text_of: Gives the source of a file that a finding names. It is asked once a file.

    Raises:
        UsageFailed: A comment that ignores names no code, or an unknown one.
    """

    @cache
    def ignored_in(file: str) -> Mapping[int, frozenset[str]]:
        return ignored_on_lines(text_of(file) or "", file)

    def is_ignored_on_its_line(finding: Finding) -> bool:
        if finding.file is None or finding.line is None:
            return False
        return finding.code in ignored_in(finding.file).get(finding.line, ())

    return tuple(
        finding
        for finding in findings
        if is_asked_for(finding.code, finding.module, configuration)
        and not is_ignored_on_its_line(finding)
    )


def _is_selected(code: str, configuration: Configuration) -> bool:
    return _longest(code, configuration.select) > _longest(code, configuration.ignore)


def _longest(code: str, beginnings: Iterable[str]) -> int:
    return max((len(start) for start in beginnings if code.startswith(start)), default=0)


def _is_ignored_for(code: str, module: str, configuration: Configuration) -> bool:
    return any(
        code.startswith(codes) and fnmatchcase(module, pattern)
        for pattern, codes in configuration.per_module_ignores.items()
    )
