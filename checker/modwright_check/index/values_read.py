"""Programs that read what entry points say by themselves, in place of having them loaded."""

from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.static.reading import read_code


class ValuesRead:
    """What is known of the programs that ask for groups of entry points.

    Args:
        evidence: All that is known of the project.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._site_packages = evidence.environment.site_packages
        self._known: dict[str, bool] = {}

    def of(self, group: str) -> bool:
        """Return whether a program takes the texts of a group, and nobody loads them as they are.

        It may have a form of its own for them: fsspec asks for `package.Class`.

        Args:
            group: It begins with the name of the program.
        """
        if group not in self._known:
            texts = list(self._asking(group))
            self._known[group] = bool(texts) and all(map(_takes_values, texts))
        return self._known[group]

    def _asking(self, group: str) -> Iterator[str]:
        """Yield the sources of the program that name a group."""
        folder = self._site_packages / group.partition(".")[0].replace("-", "_")
        for file in sorted(folder.rglob("*.py")):
            try:
                text = read_code(file).decode()
            except (OSError, UnicodeDecodeError):
                continue
            if f'"{group}"' in text or f"'{group}'" in text:
                yield text


def _takes_values(text: str) -> bool:
    return ".value" in text and ".load(" not in text
