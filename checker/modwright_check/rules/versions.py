"""What the Pythons that requires-python admits do not know or do not have (MW701 to MW703).

Without requires-python nothing is promised, and nothing said. Code under a test
of `sys.version_info` is held against the Pythons that run it only, and so is a module that the
others import under such a test.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from packaging.utils import InvalidWheelFilename, parse_wheel_filename

from modwright_check.index.carried_along import carried_along
from modwright_check.index.evidence import Evidence
from modwright_check.index.given import modules_of_declared
from modwright_check.index.importers import Importer
from modwright_check.index.programs import loaded_by_setuptools
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.module_names import is_of_tests, is_private
from modwright_check.model.python_versions import MINORS, minor_of
from modwright_check.model.report import Finding
from modwright_check.static.catching import handler_for_imports
from modwright_check.static.lines import lines_of
from modwright_check.static.newer_syntax import newer_syntax
from modwright_check.static.source import Source, Where
from modwright_check.static.standard_library import Availability, availabilities, availabilities_of
from modwright_check.static.stdlib_usage import GENERIC, UNION, Use, uses
from modwright_check.static.tried_without import is_tried_without
from modwright_check.static.under_a_version import where_used


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield what is too new or too old for a Python that requires-python admits."""
    requires = evidence.about.requires_python
    admitted = evidence.promised & _of_the_wheel(evidence)
    library = _Library(evidence, admitted)
    for source in evidence.judged.values():
        minors = admitted & evidence.minors[source.module] if admitted else admitted
        if minors and not source.error:
            yield from _newer_syntax(source, minors, str(requires))
            yield from library.judge(source, minors)


def expected_elsewhere(evidence: Evidence) -> frozenset[str]:
    """Return the modules that the others import only under a test that this Python fails.

    Of tests that nobody here understands, and of Pythons to come, nothing follows.
    """
    here = minor_of(evidence.environment.version)
    reached = evidence.minors if here in MINORS else {}
    return frozenset(name for name, minors in reached.items() if minors and here not in minors)


def for_no_python(evidence: Evidence) -> frozenset[str]:
    """Return the modules that the others import only on Pythons that the project is not for.

    So they keep what Python 2 has needed: under `if sys.version_info[0] == 2`.

    Args:
        evidence: All that is known of the project.
    """
    reached, admitted = evidence.minors.items(), evidence.admitted
    return frozenset(name for name, minors in reached if minors and not minors & admitted)


def _of_the_wheel(evidence: Evidence) -> frozenset[int]:
    """Return which Pythons get the very wheel; all when its project is there to build others."""
    every = frozenset(MINORS)
    try:
        tags = parse_wheel_filename(evidence.wheel.name)[3]
    except InvalidWheelFilename:
        return every
    if evidence.project or any(tag.abi in {"none", "abi3"} for tag in tags):
        return every
    named = {tag.interpreter.removeprefix("cp3") for tag in tags}
    return every & {int(minor) for minor in named if minor.isdigit()}


def _newer_syntax(source: Source, minors: frozenset[int], requires: str) -> Iterator[Finding]:
    for newer in newer_syntax(source, min(minors)):
        yield finding(
            "MW701",
            source.module,
            f"uses {newer.what}, syntax of Python 3.{newer.since}, but requires-python {requires} "
            f"admits 3.{min(minors)}",
            f'Use the older syntax, or set `requires-python = ">=3.{newer.since}"`.',
            source.file,
            newer.line,
        )


class _Library:
    """What the standard library has in some of the admitted Pythons only."""

    def __init__(self, evidence: Evidence, admitted: frozenset[int]) -> None:
        self._requires = str(evidence.about.requires_python or "")
        # What the others import only after a test of theirs, which may ask for the version, or
        # when a function is called.
        self._importers = evidence.importers
        self._copies = evidence.index(carried_along)
        self._by_choice = {
            name
            for name, group in evidence.importers.items()
            if all(
                each.statement.in_a_branch or each.statement.where is Where.IN_FUNCTION
                for each in group
            )
        }
        self._of_setuptools = evidence.index(loaded_by_setuptools)
        self._admitted = admitted
        self._brought = _brought(evidence)
        self._known: dict[str, dict[str, Availability]] = {}

    def judge(self, source: Source, minors: frozenset[int]) -> Iterator[Finding]:
        """Yield what a module uses that one of these Pythons does not have, each once."""
        wanted = self._candidates(source)
        found = uses(source, wanted) if wanted else ()
        prepared = {use.key for use in found if use.context.may_lack_names}
        told: set[str] = set()
        # What is in a package comes before the package: one is enough.
        for use in sorted(found, key=lambda use: (use.line, -len(use.key))):
            available = wanted[use.key]
            runs = minors & use.context.minors & _where_imports_succeed(use)
            expected = use.context.may_lack_names or _says_so(source, use, available, prepared)
            name = use.key.replace(":", ".")
            if name in told or expected or not available.missing(runs):
                continue
            importers = self._importers.get(source.module, ())
            called_in = _called_in(use, source, importers)
            if called_in is not None and not available.missing(runs & called_in):
                continue
            if not _callers_say_so(use, available, importers):
                told |= {name, *_packages(use.key)}
                yield self._finding(source, use, available, runs)

    def _candidates(self, source: Source) -> dict[str, Availability]:
        """Return what a module may use, by its imports and its text: of most, nothing."""
        return {
            key: available
            for module, names in _imported(source).items()
            for key, available in self._rows(module).items()
            if _may_be_used(key, names, source.text)
        }

    def _rows(self, module: str) -> dict[str, Availability]:
        """Return what a module of the standard library does not have in all admitted Pythons."""
        if module not in self._known:
            rows = {} if self._brought(module.partition(".")[0]) else availabilities_of(module)
            self._known[module] = {
                key: available
                for key, available in rows.items()
                if available.missing(self._admitted)
            }
        return self._known[module]

    def _finding(
        self, source: Source, use: Use, available: Availability, runs: frozenset[int]
    ) -> Finding:
        name = _spoken(use.key)
        if use.key == UNION:
            code, old = "MW701", min(runs)
            message = (
                f"writes a union of types with |, which is new in Python 3.10, but requires-python "
                f"{self._requires} admits 3.{old}"
            )
            hint = (
                "Use `Optional` or `Union`; of annotations alone, "
                "`from __future__ import annotations` at the beginning is enough."
            )
        elif use.key == GENERIC:
            code = "MW701"
            message = (
                "gives a class of the standard library its types, as in list[int], which is new in "
                f"Python 3.9, but requires-python {self._requires} admits 3.{min(runs)}"
            )
            hint = (
                "Use the name in typing, such as `List`; of annotations alone, "
                "`from __future__ import annotations` at the beginning is enough."
            )
        elif too_old := available.too_old(runs):
            code = "MW702"
            message = (
                f"uses {name}, which is new in Python 3.{available.since}, but requires-python "
                f"{self._requires} admits 3.{min(too_old)}"
            )
            hint = (
                "Guard it with a test of `sys.version_info`, or set "
                f'`requires-python = ">=3.{available.since}"`.'
            )
        else:
            code = "MW703"
            message = (
                f"uses {name}, which was removed in Python 3.{available.until}, but "
                f"requires-python {self._requires} admits 3.{min(available.too_new(runs))}"
            )
            hint = f"Replace it: What's New in Python 3.{available.until} may say by what."
        certain = use.context.at_import and source.module not in self._by_choice
        facts = set() if certain else {Fact.BY_CHOICE}
        if use.context.main and self._importers.get(source.module):
            facts.add(Fact.DEMONSTRATES)
        if name.partition(".")[0] == "distutils" and source.module in self._of_setuptools:
            facts.add(Fact.OF_A_HOST)
        if code == "MW702" and _is_called_like(use, self._importers.get(source.module, ())):
            facts.add(Fact.BY_ITS_NAME)
        if code == "MW702" and is_tried_without(use, source):
            facts.add(Fact.PREPARED)
        module = source.module
        if certain and module in self._copies and (needing := self._needing(module)):
            module, message = needing, f"imports {module}, which {message}"
        return finding(code, module, message, hint, source.file, use.line, facts=facts)

    def _needing(self, copy: str) -> str | None:
        """Return the first module of the project's own that does not import without a copy.

        Of another project's code nothing is told; of what fails by it, it is.
        """
        return next(
            (
                each.source.module
                for each in self._importers.get(copy, ())
                if each.statement.where is Where.AT_IMPORT and not each.statement.guarded
                if each.source.module not in self._copies and not is_of_tests(each.source.module)
            ),
            None,
        )


def _is_called_like(use: Use, importers: Sequence[Importer]) -> bool:
    """Return whether a function stands for what it uses: who calls `batched` knows what that is.

    What other modules of the project call, they call in whichever Python they run.
    """
    name = use.key.partition("(")[0].rpartition(":")[2].rpartition(".")[2]
    is_taken = any(name in each.statement.names for each in importers)
    called_so = getattr(use.context.innermost_function(), "name", None) == name
    return called_so and not (is_taken or _is_called_on_an_object(name, importers))


def _packages(key: str) -> Iterator[str]:
    """Yield the packages around a module, or around what it holds."""
    module, _, name = key.partition(":")
    parts = module.split(".")
    yield from (".".join(parts[:length]) for length in range(1, len(parts) + bool(name)))


def _says_so(source: Source, use: Use, available: Availability, prepared: set[str]) -> bool:
    """Return whether a function knows that it cannot be called in every Python.

    Its text names the version ("for Python 3.14 and newer"), or the module asks elsewhere whether
    what it uses is there.
    """
    if use.context.function is None:
        return False
    first, last = use.context.function
    text = "\n".join(lines_of(source.text)[first - 1 : last])
    return use.key in prepared or _names_a_version(text, available)


def _where_imports_succeed(use: Use) -> frozenset[int]:
    """Return which Pythons have what a `try` around a use has imported before.

    Where one of those fails, its handler goes on, and what follows in the block is passed over.
    """
    modules = {
        name
        for context in use.context.chain()
        if isinstance(around := context.node, ast.Try) and handler_for_imports(around)
        for node in around.body
        if node.lineno < use.line < (around.finalbody or [ast.Pass(lineno=sys.maxsize)])[0].lineno
        for name in _imports(node)
    }
    known = (availabilities().get(name) for name in modules)
    lacking = (each.missing(frozenset(MINORS)) for each in known if each)
    return frozenset(MINORS).difference(*lacking)


def _imports(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.Import(names):
            yield from (alias.name for alias in names)
        case ast.ImportFrom(str(module), names, 0):
            yield from (module, *(f"{module}:{alias.name}" for alias in names))


def _called_in(use: Use, source: Source, importers: Sequence[Importer]) -> frozenset[int] | None:
    """Return in which Pythons a module calls its function itself; None when others may call it.

    That it calls itself does not count. Of a method of a private class, others know no name, unless
    they call it on an object.
    """
    function = use.context.innermost_function()
    name = getattr(function, "name", None)
    private = _is_of_a_private_class(use)
    if name is None or (_is_called_on_an_object if private else _is_taken)(name, importers):
        return None
    contexts = [
        each
        for each in where_used(name, source, of_an_object=private)
        if all(around.node is not function for around in each.chain())
    ]
    return frozenset().union(*(each.minors for each in contexts)) if contexts else None


def _is_of_a_private_class(use: Use) -> bool:
    """Return whether a use stands in a class of the module's top level that has a private name."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    around = [each.node for each in use.context.chain() if isinstance(each.node, kinds)]
    return bool(around) and isinstance(around[-1], ast.ClassDef) and is_private(around[-1].name)


def _is_taken(name: str, importers: Sequence[Importer]) -> bool:
    return any({name, "*"} & {*each.statement.names} for each in importers)


def _is_called_on_an_object(name: str, importers: Sequence[Importer]) -> bool:
    taken = re.compile(rf"\.{re.escape(name)}\b")
    return any(taken.search(each.source.text) for each in importers)


def _callers_say_so(use: Use, available: Availability, importers: Sequence[Importer]) -> bool:
    """Return whether whatever other modules make of a function knows in which Pythons it works."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    functions = [each.node for each in use.context.chain() if isinstance(each.node, kinds)]
    if not functions:
        return False
    name = functions[-1].name
    word = re.compile(rf"\b{re.escape(name)}\b")
    callers = [
        text
        for each in importers
        if name in each.statement.names and each.source.tree
        for node in each.source.tree.body
        if not isinstance(node, ast.Import | ast.ImportFrom)
        if word.search(text := ast.get_source_segment(each.source.text, node) or "")
    ]
    return bool(callers) and all(_names_a_version(text, available) for text in callers)


def _names_a_version(text: str, available: Availability) -> bool:
    versions = (f"3.{minor}" for minor in (available.since, available.until) if minor)
    return any(map(text.__contains__, versions))


def _brought(evidence: Evidence) -> Callable[[str], bool]:
    """Return what tells whether a top-level module comes from elsewhere, in any Python.

    From the project itself, from a distribution that is installed, or from one that it declares,
    be it for some Pythons only.
    """
    by_declared = evidence.index(modules_of_declared)
    site_packages = evidence.environment.site_packages

    @cache
    def brought(module: str) -> bool:
        return (
            module in by_declared
            or evidence.sources.answers_for(module)
            or (site_packages / module).is_dir()
            or (site_packages / f"{module}.py").is_file()
        )

    return brought


def _imported(source: Source) -> dict[str, set[str]]:
    """Return the modules that a source can reach by their names, with the names taken from each.

    Of `import xml.etree.ElementTree` they are `xml`, `xml.etree` and that one; of
    `from xml import etree` they are `xml`, with the name `etree`, and `xml.etree`.
    """
    modules: dict[str, set[str]] = defaultdict(set)
    for statement in source.imports:
        parts = statement.module.split(".")
        for length in range(1, len(parts) + 1):
            modules[".".join(parts[:length])].update(())
        modules[statement.module].update(statement.names)
        for name in statement.names:
            modules[f"{statement.module}.{name}"].update(())
    modules["builtins"].update(())
    return modules


def _may_be_used(key: str, taken: set[str], text: str) -> bool:
    if key in {UNION, GENERIC}:
        return ("|" if key == UNION else "[") in text
    module, _, name = key.partition(":")
    name, _, parameter = name.partition("(")
    outer = name.partition(".")[0]
    reached = not name or outer in taken or (f".{name}" if module != "builtins" else name) in text
    return reached and parameter.rstrip(")") in text


def _spoken(key: str) -> str:
    """Return a key in words: `asyncio.TaskGroup`, `the argument slots of …`."""
    name, _, parameter = key.removeprefix("builtins:").partition("(")
    name = name.replace(":", ".")
    return f"the argument {parameter.rstrip(')')} of {name}" if parameter else name
