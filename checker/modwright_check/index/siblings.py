"""Siblings that are each for a library of its own: adapters, back ends, integrations."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import product

from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.model.module_names import is_of_tests, lies_beside, packages_around
from modwright_check.static.context import Role
from modwright_check.static.docstrings import docstring, inner_docstrings
from modwright_check.static.parts import nodes
from modwright_check.static.source import Import, Source, Where

_SEVERAL = 3  # two may both be forgotten
_SHORTEST = 3  # letters; fewer stand at the beginning of many words
_SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n\s*\n")
_NEEDED = re.compile(r"(?i)\b(?:needs?|needed|requires?|required|must|ha(?:s|ve) to|pip|please)\b")
_INSTALLED = re.compile(r"(?i)\binstall(?:ed)?\b")
_NEAR = 500  # characters of a source: further away, two words are hardly of one sentence
# What comes before the library's name.
_CONVERTS = re.compile(r"(?:^|_)(?:as|from|to)_?$")
_WORD = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+")


class Siblings:
    """The families in which siblings need different libraries, and are named after them.

    One module that carries the name of a library may have forgotten to declare it. Where several
    do, as in `shop.pay.stripe`, `shop.pay.paypal` and `shop.pay.klarna`, or among the functions
    of a module, that is how the project is made: each is for those who have its library.

    Args:
        evidence: All that is known of the project.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._origins = evidence.index(Origins)

    def are_several(self, module: str, missing: str, around: tuple[str, ...] = ()) -> bool:
        """Return whether a module is one of such a family.

        Below a top-level package, what lies beside the others belongs to them by that alone. So
        does what lies elsewhere, and is called like one of them that is for the same library. A
        function anywhere else that needs the library of such a sibling is for those who have it.

        Args:
            module: Its dotted name.
            missing: The module of another distribution that it misses.
            around: The names of the classes and functions around the import.
        """
        library = missing.partition(".")[0]
        is_called_like_one = (module.rpartition(".")[2], library) in self._members
        is_of_one = bool(around) and library in self._libraries
        if is_of_one or is_called_like_one or self.lie_around(module):
            return True
        families = (family for family, _ in _named_after(module, around, missing))
        return any(family in self._families for family in families)

    def lie_around(self, module: str) -> bool:
        """Return whether a module lies in such a family, below a top-level package.

        Args:
            module: Its dotted name.
        """
        return any(each in self._families and "." in each for each in packages_around(module))

    @cached_property
    def _members(self) -> frozenset[tuple[str, str]]:
        """Return what lies in such families: how each is called, and what it is for.

        The client of a transport is called like its server, which may be one of several.
        """
        return frozenset(
            (name.rpartition(".")[2], statement.top)
            for name, source in self._evidence.read.items()
            if not is_of_tests(name) and self.lie_around(name)
            for statement in filter(self._misses, source.imports)
        )

    @cached_property
    def _families(self) -> frozenset[str]:
        """Return the packages, and the modules, that such siblings lie in."""
        return frozenset(self._needed(self._evidence.read.values()))

    @cached_property
    def _libraries(self) -> frozenset[str]:
        """Return what siblings are named after and need, by top-level names: each user has some.

        Tests and examples for several libraries tell nothing of what users have.
        """
        sources = self._evidence.read.values()
        for_users = (
            each for each in sources if not (is_of_tests(each.module) or lies_beside(each.module))
        )
        return frozenset[str]().union(*self._needed(for_users).values())

    def _needed(self, sources: Iterable[Source]) -> dict[str, set[str]]:
        """Return what such siblings need, by the packages, and the modules, that they lie in."""
        libraries: dict[str, set[str]] = defaultdict(set)
        siblings: dict[str, set[str]] = defaultdict(set)
        for source in sources:
            for statement in filter(self._misses, source.imports):
                names = names_around(statement)
                for family, sibling in _named_after(source.module, names, statement.module):
                    libraries[family].add(statement.top)
                    siblings[family].add(sibling)
        return {
            family: found
            for family, found in libraries.items()
            if min(len(found), len(siblings[family])) >= _SEVERAL
        }

    def _misses(self, statement: Import) -> bool:
        is_relative = statement.module.startswith(".")
        is_for_types = statement.where is Where.FOR_TYPES
        return (
            not is_relative
            and not is_for_types
            and self._origins.of(statement.module) is Origin.MISSING
        )


def carries(name: str, library: str) -> bool:
    """Return whether a name has a word that stands for a library: `redis_cache`, `FromPandas`.

    Args:
        name: Of a module, a class or a function.
        library: A dotted name, of which the first part counts.
    """
    top = library.partition(".")[0]
    words, meant = ({*_words(each), "".join(_words(each))} for each in (name, top))
    return any(_alike(*pair) for pair in product(words, meant))


def converts(name: str, library: str) -> bool:
    """Return whether a function is named after what it makes of, or for, a library.

    Whoever calls `to_pandas`, `asnumpy` or `read_to_numpy` wants to go on with that.

    Args:
        name: Of the function.
        library: A dotted name, of which the first part counts.
    """
    spelt, top = name.lower(), library.partition(".")[0].lower()
    return spelt.endswith(top) and _CONVERTS.search(spelt.removesuffix(top)) is not None


def is_variant_for(statement: Import, source: Source, library: str) -> bool:
    """Return whether a class for a library is derived from one of its module that does without.

    `NumberEncoder(Encoder)` may need numbers: whoever chooses it has what it is called after.

    Args:
        statement: The import of the library, in the class.
        source: Of its module.
        library: A dotted name, of which the first part counts.
    """
    body = source.tree.body if source.tree else []
    classes = [each for each in body if isinstance(each, ast.ClassDef)]
    own = {each.name for each in classes}
    return any(
        each.lineno <= statement.line <= (each.end_lineno or 0)
        and carries(each.name, library)
        and any(isinstance(base, ast.Name) and base.id in own for base in each.bases)
        for each in classes
    )


def names_around(statement: Import) -> tuple[str, ...]:
    """Return the names of the functions and classes around an import, the outermost first."""
    names = (getattr(each.node, "name", None) for each in statement.context.chain())
    return tuple(name for name in names if isinstance(name, str))[::-1]


def is_spoken_of(
    library: str,
    source: Source,
    around: tuple[str, ...],
    description: str | None,
    distribution: str | None = None,
) -> bool:
    """Return whether a project names a library beside importing it.

    Args:
        library: A dotted name, of which the first part counts.
        source: The module that imports it.
        around: The names of the functions and classes around the import.
        description: Of the project, as its metadata has it.
        distribution: What the library comes with, if that is called otherwise.
    """
    top = library.partition(".")[0]
    if any(carries(part, top) for part in (*source.module.split(".")[1:], *around)):
        return True
    names = "|".join(map(re.escape, filter(None, (top, distribution))))
    word = re.compile(rf"\b(?:{names})\b", re.IGNORECASE)
    if any(text and word.search(text) for text in (docstring(source), description)):
        return True
    # Many a library is called by an ordinary word: inside of a module it has to be marked as code.
    marked = re.compile(rf"`{re.escape(top)}`|\b{re.escape(top)} (?:library|module|package)\b")
    return any(marked.search(text) for text in inner_docstrings(source) if top in text)


def is_called_optional(library: str, description: str | None) -> bool:
    """Return whether a project's description calls a library optional, above a list of some or so.

    Args:
        library: A dotted name, of which the first part counts.
        description: Of the project, as its metadata has it.
    """
    top = re.escape(library.partition(".")[0])
    near = rf"\boptional(?:ly)?\b[^.#]{{0,200}}\b{top}\b|\b{top}\b[^.#\n]{{0,40}}\boptional"
    return re.search(near, description or "", re.IGNORECASE) is not None


def is_chosen_by_name(statement: Import) -> bool:
    """Return whether an import stands where a text has been chosen that names its library.

    So it does under `if store == "memcached"`, which imports `memcache`.

    Args:
        statement: The import.
    """
    return any(
        isinstance(part, ast.Constant)
        and isinstance(part.value, str)
        and carries(part.value, statement.module)
        for context in statement.context.chain()
        if context.condition is not None and context.condition.role is Role.BRANCH
        for part in ast.walk(context.condition.test)
    )


def is_left_to_users(library: str, source: Source) -> bool:
    """Return whether a module's docstring says that its users have to install a library.

    That they need it is not enough: it may have been forgotten all the same to declare it.

    Args:
        library: A dotted name, of which the first part counts.
        source: The module that imports it.
    """
    return _asks_to_install(library, docstring(source))


def is_said_to_be_left_to_users(library: str, source: Source) -> bool:
    """Return whether a text of a module, such as the help for an option, says so.

    Args:
        library: A dotted name, of which the first part counts.
        source: The module that imports it.
    """
    top = library.partition(".")[0]
    asked = _INSTALLED.finditer(source.text)
    near = (source.text[max(0, each.start() - _NEAR) : each.end() + _NEAR] for each in asked)
    if source.tree is None or not any(top in part for part in near):
        return False
    found = list(nodes(source.tree))
    documents = {id(each.value) for each in found if isinstance(each, ast.Expr)}
    return any(
        isinstance(node, ast.Constant)
        and id(node) not in documents
        and isinstance(node.value, str)
        and top in node.value
        and _asks_to_install(library, node.value)
        for node in found
    )


def _asks_to_install(library: str, text: str) -> bool:
    """Return whether a sentence says that a library is needed, and has to be installed."""
    top = re.escape(library.partition(".")[0])
    called = re.compile(rf"\b(?:py|python-)?{top}\b", re.IGNORECASE)
    return any(
        called.search(sentence) and _NEEDED.search(sentence) and _INSTALLED.search(sentence)
        for sentence in _SENTENCE.split(text)
    )


def _named_after(module: str, around: tuple[str, ...], library: str) -> Iterator[tuple[str, str]]:
    """Yield what lies where and carries the name of a library: the place, and the name."""
    parts = (*module.split("."), *around)
    for place, part in enumerate(parts):
        if place and carries(part, library):
            yield ".".join(parts[:place]), part


def _words(name: str) -> list[str]:
    """Return the words of a name, without numbers, and without the `py` of libraries."""
    words = [word.lower() for word in _WORD.findall(name)]
    return [word.removeprefix("py") or word for word in words]


def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= _SHORTEST and longer.startswith(shorter))
