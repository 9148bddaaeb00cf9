"""What distributions say in their docstrings of the libraries whose things they take and give."""

import re
from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origins
from modwright_check.model.module_names import with_packages
from modwright_check.static.reading import read_code
from modwright_check.static.source import Import
from modwright_check.wheel.distributions import Distribution

_DOCSTRING = re.compile(r"(\"{3}|'{3})(.*?)\1", re.DOTALL)
_DOTTED = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?:\.\w+)+")
_OF_ANOTHER = re.compile(r"(?<![\w.])([A-Za-z_]\w*)'s\s+`+(\w+)`")  # "tides's ``low``"


class Offered:
    """Which names of other libraries are a part of what a distribution offers.

    `:raises google.api_core.exceptions.NotFound:` stands in the docstring of a function: whoever
    calls that catches this, and the library cannot do without. So it is with "pass urllib3's
    `Retry`", wherever in urllib3 that lies.

    Args:
        evidence: All that is known of the project.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._installed = evidence.index(Origins).installed
        self._names: dict[str, frozenset[str]] = {}

    def by(self, distribution: Distribution, statement: Import) -> bool:
        """Return whether a distribution names all that an import takes from another one.

        A library as a whole says little: it is named wherever it is used.

        Args:
            distribution: That brings what is imported.
            statement: The import.
        """
        taken = [f"{statement.module}.{name}" for name in statement.names] or [statement.module]
        if distribution.name not in self._names:
            self._names[distribution.name] = frozenset(self._named(distribution))
        return all(self._is_named(each, distribution) for each in taken)

    def _is_named(self, taken: str, by: Distribution) -> bool:
        top, name = taken.partition(".")[0], taken.rpartition(".")[2]
        return not self._names[by.name].isdisjoint((taken, f"{top}'s {name}"))

    def _named(self, distribution: Distribution) -> Iterator[str]:
        """Yield the dotted names in docstrings, those of what these lie in, and "tides's low"."""
        for module in distribution.modules:
            file = self._installed.file(module)
            if file is None or file.suffix != ".py":
                continue
            try:
                text = read_code(file).decode("utf-8", "replace")
            except OSError:
                continue
            for found in _DOCSTRING.finditer(text):
                for name in _DOTTED.findall(found[2]):
                    yield from (each for each in with_packages(name) if "." in each)
                yield from (f"{top}'s {name}" for top, name in _OF_ANOTHER.findall(found[2]))
