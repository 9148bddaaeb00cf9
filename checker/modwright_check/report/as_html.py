"""A report as a page: one file that loads nothing, runs only its own script, prints well.

Names and messages come from the code that was checked. They are escaped by Jinja where they are
written, and set as text where a script writes them; the page's policy admits no other script.
"""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from modwright_check.model.codes import CODES
from modwright_check.model.module_names import import_command
from modwright_check.model.report import Report, Severity
from modwright_check.model.wording import visible
from modwright_check.report import page_data
from modwright_check.report.documentation import installed_version, page_of, repository
from modwright_check.report.problems import Problem, problems
from modwright_check.report.verdict import about_baseline, about_part, verdict

SCRIPTS = (
    "start.js",
    "layers.js",
    "layout.js",
    "arrows.js",
    "graph.js",
    "icicle.js",
    "findings.js",
)

_PLURALS = {severity: f"{severity}s" for severity in Severity}


def report_as_html(report: Report) -> str:
    """Return a report as one HTML page, in ASCII."""
    style, script = _asset("page.css"), "".join(map(_asset, SCRIPTS))
    found = [place for problem in problems(report) for place in problem.places]
    icicle = page_data.icicle(report)
    page = _environment().get_template("page.html")
    written = page.render(
        report=report,
        verdict=verdict(report),
        about_this_run=[*about_part(report), *about_baseline(report)],
        state=_state(report),
        severities=_PLURALS.items(),
        counts=Counter(finding.severity for finding in report.findings),
        chains=page_data.chains(report),
        files=_by_file(found),
        codes=sorted({problem.finding.code for problem in found}),
        titles={code: about.title for code, about in CODES.items()},
        heaviest=page_data.heaviest(report),
        icicle=icicle,
        data=page_data.graph(report) | {"times": icicle.bars},
        command=import_command,
        quoted=quoted,
        page_of=page_of,
        repository=repository(),
        modwright=installed_version(),
        policy=_policy(style, script),
        style=style,
        script=script,
    )
    return written.encode("ascii", "xmlcharrefreplace").decode()


def quoted(text: str) -> list[tuple[str, bool]]:
    """Return the parts of a text, each with whether it stands between backticks."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return [(text, False)]
    return [(part, number % 2 == 1) for number, part in enumerate(parts)]


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("modwright_check.report", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
    )


def _asset(name: str) -> str:
    text = files("modwright_check.report").joinpath("page", name).read_text(encoding="utf-8")
    # An ellipsis or the like in a comment must not become a reference: scripts know none.
    return text.encode("ascii").decode()


def _policy(style: str, script: str) -> str:
    """Return a Content Security Policy (level 3) that admits this style and this script alone."""
    allowed = {"style-src": style, "script-src": script}
    digests = {name: b64encode(sha256(text.encode()).digest()) for name, text in allowed.items()}
    hashes = [f"{name} 'sha256-{digest.decode()}'" for name, digest in digests.items()]
    return "; ".join(["default-src 'none'", *hashes, "base-uri 'none'", "form-action 'none'"])


def _finalize(value: object) -> object:
    return visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _state(report: Report) -> str:
    if report.count(Severity.ERROR) or not (report.modules or report.part):
        return "error"
    return "warning" if report.count(Severity.WARNING) else "ok"


def _by_file(found: Iterable[Problem]) -> list[tuple[str | None, list[Problem]]]:
    """Return the problems grouped by file, in the order of lines, the worst files first."""
    groups: dict[str | None, list[Problem]] = {}
    for problem in found:
        groups.setdefault(problem.finding.file, []).append(problem)
    ranks = list(_PLURALS)
    for group in groups.values():
        group.sort(key=lambda p: (p.finding.line or 0, p.finding.code))
    return sorted(
        groups.items(),
        key=lambda group: (min(ranks.index(p.finding.severity) for p in group[1]), group[0] or ""),
    )
