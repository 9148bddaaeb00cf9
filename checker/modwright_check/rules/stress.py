"""MW707 to MW713, MW715: a module cannot be imported under every condition it will meet."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator

from modwright_check.index.applications import of_an_application
from modwright_check.index.carried_along import carried_along
from modwright_check.index.evidence import Evidence
from modwright_check.index.helpers_of_tests import is_for_tests
from modwright_check.index.programs import programs, with_their_modules
from modwright_check.index.reach import Reach
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact, told_by_name
from modwright_check.model.import_result import EVEN_WITH_A_HOME, Outcome
from modwright_check.model.module_names import with_packages
from modwright_check.model.report import Finding
from modwright_check.rules.import_messages import said_of
from modwright_check.rules.platforms import claimed_systems
from modwright_check.rules.warnings_on_purpose import is_there_to_print
from modwright_check.wheel.entry_point_groups import entry_point_groups

# Code: under what, what to do.
_STRAINS = {
    "MW707": (
        "under python -OO",
        "Do not rely on docstrings or assert statements: -OO removes them.",
    ),
    "MW708": (
        "without a stdout",
        "Use sys.stdout in a function, and only if it is not None: it is None under pythonw.",
    ),
    "MW709": (
        "from a zip file",
        "Read data with `importlib.resources`, not with paths beside `__file__`.",
    ),
    "MW710": (
        "under an ASCII locale",
        'Specify the encoding, `open(…, encoding="utf-8")`: an embedded Python may read ASCII.',
    ),
    "MW711": (
        "inside a running event loop",
        "Do not run an event loop at import: notebooks and servers import inside theirs.",
    ),
    "MW712": (
        "in a thread other than the main thread",
        "Move what only the main thread may do, such as signal handlers, into a function.",
    ),
    "MW713": (
        "without site (python -S)",
        "Do without what `site` adds (exit, quit, copyright, help), which frozen programs do not "
        "have: `sys.exit()` ends a program.",
    ),
    "MW715": (
        "without an account and a home",
        "Ask for the home or the user in a function: containers run under ids that have neither.",
    ),
}
# They have nothing in common: what fails alike under all of them fails without any of them.
_UNRELATED = {"MW707", "MW708", "MW713", "MW715"}
# A program begins in the main thread, and starts its event loop itself.
_OF_IMPORTERS = {"MW711", "MW712"}
# What tells a module of python -O, of missing streams, of -S and of isolation.
_CIRCUMSTANCES = re.compile(r"\bsys\.flags\b|\b__debug__\b|\b__doc__\b|\bsys\.std(in|out|err)\b")
_ENCODING = re.compile(r"encoding", re.IGNORECASE)  # what it tells of an ASCII locale
_MAIN_THREAD = re.compile(r"main_?thread", re.IGNORECASE)
_NO_NAME = re.compile(r"cannot import name '\w+' from '(?P<module>[\w.]+)'")
_PRINTS = re.compile(r"\bprint\(|\bstd(out|err)\b")
_HINT_FOR_A_PRINT = "Print it in a function: the stdout of an embedded Python may take ASCII alone."
_NO_LOOP = "There is no current event loop"
_NO_MORE = 14  # the second number of the Python in which asyncio makes no loop any more


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield each module and condition under which it fails, at the line that fails."""
    files = {module.name: evidence.sources.in_project(module.path) for module in evidence.modules}
    reach, of_all = evidence.index(Reach), evidence.index(of_an_application)
    begun = evidence.index(programs) | of_all
    of_consoles = _of_consoles(evidence, of_all)
    anyhow, copied = _failing_anyhow(evidence), evidence.index(carried_along)
    # Elsewhere processes have streams, if only /dev/null.
    for_windows = "windows" in (claimed_systems(evidence) or {"windows"})
    for (code, name), outcome in evidence.strained.items():
        if code == "MW710" and not name.isascii():
            continue  # no import could name it there
        if code == EVEN_WITH_A_HOME or _is_a_program(name, evidence):
            continue  # told with MW715; MW904 reports that it runs at all
        if name in anyhow:
            continue
        if _is_a_consequence(code, outcome, evidence):
            continue  # the submodule that fails is told
        if code == "MW710" and _shows_a_text(name, evidence):
            continue  # whoever imports it sees that themselves
        has_needs = code != "MW715" or (EVEN_WITH_A_HOME, name) in evidence.strained
        circumstance, hint = _STRAINS[code]
        # Where no line is known, the import of the outermost package has come to no end.
        *_, first = (each for each in with_packages(name) if (code, each) in evidence.strained)
        place = evidence.sources.innermost(outcome.frames) or (files[first], None)
        fails_in = evidence.names_by_file.get(place[0], name)
        _, message, _ = said_of(name, outcome)
        borrowed = _of_a_dependency(outcome, evidence)
        if borrowed:
            hint = f"Import {borrowed} in the function that needs it, if this is a problem."
        elif code == "MW710" and _prints(place, outcome, evidence):
            hint = _HINT_FOR_A_PRINT
        elif code == "MW712" and _NO_LOOP in outcome.message:
            hint = _hint_for_a_loop(evidence)
        yield finding(
            code,
            name,
            f"cannot be imported {circumstance}: {evidence.sources.shortened(message)}",
            hint,
            *place,
            # Who imports what helps to write tests, has no other needs than the tests.
            facts={
                *(fact for fact in told_by_name(fails_in) if fact is Fact.TEST_HELPERS),
                *reach.facts(name),
                *((Fact.TEST_HELPERS,) if is_for_tests(name, evidence) else ()),
                *(() if has_needs else (Fact.HOMELESS,)),
                *((Fact.BORROWED,) if borrowed or fails_in in copied else ()),
                *((Fact.PREPARED,) if _is_forbidden(code, outcome, evidence) else ()),
                *((Fact.PROGRAM,) if code in _OF_IMPORTERS and name in begun else ()),
                *((Fact.PROGRAM,) if code == "MW708" and name in of_consoles else ()),
                *((Fact.OF_WINDOWS,) if code == "MW708" and not for_windows else ()),
            },
        )


def _failing_anyhow(evidence: Evidence) -> frozenset[str]:
    """Return the modules that fail in the same words under strains that have nothing in common.

    That they have imported once was due to what the interpreter had loaded by then.
    """
    under: dict[tuple[str, str | None, str], set[str]] = defaultdict(set)
    for (code, name), outcome in evidence.strained.items():
        under[name, outcome.error, outcome.message].add(code)
    return frozenset(name for (name, *_), codes in under.items() if codes >= _UNRELATED)


def _of_consoles(evidence: Evidence, of_all: frozenset[str]) -> frozenset[str]:
    """Return the modules that nothing but commands with a stdout begins with, or imports.

    Graphical ones have none on Windows.

    Args:
        evidence: All that is known of the project.
        of_all: The modules of all its commands, if it is nothing else.
    """
    name, place = evidence.about.name, evidence.environment.site_packages
    groups = entry_point_groups(str(name), place)
    if of_all and all(found == {"console_scripts"} for found in groups.values()):
        return of_all
    alone = {each for each, found in groups.items() if found == {"console_scripts"}}
    return with_their_modules(evidence.index(programs) & alone, evidence)


def _is_a_consequence(code: str, outcome: Outcome, evidence: Evidence) -> bool:
    """Return whether a package has not handed on a name since a module inside it has failed.

    Python says of a lazy export only that it cannot import the name.
    """
    said = _NO_NAME.match(outcome.message) if outcome.error == "ImportError" else None
    return said is not None and any(
        strain == code
        and name.startswith(f"{said['module']}.")
        and not _NO_NAME.match(other.message)
        for (strain, name), other in evidence.strained.items()
    )


def _shows_a_text(module: str, evidence: Evidence) -> bool:
    """Return whether a module is there to be read, as with `import this`, and for nothing else."""
    source = evidence.read.get(module)
    return source is not None and is_there_to_print(source) and not evidence.importers.get(module)


def _of_a_dependency(outcome: Outcome, evidence: Evidence) -> str | None:
    """Return the module that fails where the project only imports it; None for its own failure."""
    file, line = evidence.sources.innermost(outcome.frames) or ("", 0)
    source = evidence.by_file.get(file)
    imported = [each.module for each in source.imports if each.line == line] if source else []
    own = any(evidence.sources.answers_for(each.partition(".")[0]) for each in imported)
    return imported[0] if imported and not own else None


def _is_forbidden(code: str, outcome: Outcome, evidence: Evidence) -> bool:
    """Return whether the project asks for the circumstance, and raises the exception itself."""
    context = evidence.raised_in(outcome.frames)
    conditions = (each.condition for each in context.chain()) if context else ()
    asked = _ENCODING if code == "MW710" else _CIRCUMSTANCES
    if any(each and asked.search(ast.unparse(each.test)) for each in conditions):
        return True
    return code == "MW712" and _insists_on_the_main_thread(outcome, evidence)


def _insists_on_the_main_thread(outcome: Outcome, evidence: Evidence) -> bool:
    """Return whether the project raises, or asserts, on lines that speak of the main thread.

    That may be the line that calls its function for such demands.
    """
    frames = outcome.frames
    places = [evidence.at(frames[:number]) for number in range(1, len(frames) + 1)]
    found = [place and place[0].at(place[1]) for place in places]
    if not found or not found[-1] or not isinstance(found[-1][0], ast.Raise | ast.Assert):
        return False
    statements = [each for each in found if each]
    tests = (each.condition for each in statements[-1][1].chain() if each.condition)
    asked = [*(each for each, _ in statements), *(each.test for each in tests)]
    return any(_MAIN_THREAD.search(ast.unparse(each)) for each in asked)


def _prints(place: tuple[str, int | None], outcome: Outcome, evidence: Evidence) -> bool:
    """Return whether a module fails by the text that it prints, and not by one that it reads."""
    source, line = evidence.by_file.get(place[0]), place[1]
    said = source.line(line) if source and line else ""
    return outcome.error == "UnicodeEncodeError" and _PRINTS.search(said) is not None


def _hint_for_a_loop(evidence: Evidence) -> str:
    """Return what to do instead, and which Pythons fail in the main thread as well."""
    everywhere = max(evidence.promised, default=0) >= _NO_MORE
    also = " From Python 3.14 on, which is admitted, it fails in the main thread too."
    advice = "Ask for the loop where one runs: asyncio.get_running_loop() in a coroutine."
    return f"{advice}{also if everywhere else ''}"


def _is_a_program(module: str, evidence: Evidence) -> bool:
    source = evidence.read.get(module)
    return module.endswith(".__main__") and source is not None and source.main_guard is None
