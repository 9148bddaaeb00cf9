"""The identity of a finding across checks."""

import re

from modwright_check.model.report import Finding, Identity

# A line, a count, a port; a version such as 3.11, or the 8 of utf8, is none.
_NUMBER = re.compile(r"(?<![\w.])\d+(?![\w.]*\d)")


def identity(finding: Finding) -> Identity:
    """Return by what a finding is known again."""
    return Identity(finding.code, finding.module, _NUMBER.sub("…", finding.message))
