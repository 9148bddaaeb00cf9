"""A kit a person: each project under a name of its own, and the same wheels in every zip."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from modwright.errors import TemplateFailed, UsageFailed, in_words
from modwright.kits.making import Wheelhouse, contents
from modwright.kits.packing import write_zip
from modwright.kits.resolving import Tell
from modwright.kits.roster import Person
from modwright.kits.subject import MakeSubject, Subject
from modwright.scaffold.compiling import compiled_once


def hand_out(
    people: Sequence[Person],
    make: MakeSubject,
    house: Wheelhouse,
    installers: Sequence[Path],
    output: Path,
    tell: Tell,
) -> list[Path]:
    """Write a kit for each person into a folder, or none at all; return their files.

    Args:
        people: Whom for.
        make: Makes the project of somebody.
        house: The wheels of all kits.
        installers: Files that install Python.
        output: The folder. Kits of other people that lie there stay.
        tell: Told how many are made, of how many.

    Raises:
        TemplateFailed: A name gives no project; the message has the number of the line.
        UsageFailed: The folder cannot be written.
    """
    names = [f"{person.project}-kit.zip" for person in people]
    with compiled_once(), _in_one_step(output) as draft:
        for number, person in enumerate(people):
            tell(number, len(people))
            with TemporaryDirectory() as scratch:
                subject = _subject(person, make, Path(scratch))
                held = contents(subject, house, installers, person.name)
                write_zip(draft / names[number], held)
    return [output / name for name in names]


def _subject(person: Person, make: MakeSubject, folder: Path) -> Subject:
    """Make the project of a person, whose name may be that of a library, or of Windows."""
    try:
        return make({"project_name": person.project}, folder / "first")
    except TemplateFailed:
        try:
            return make({"project_name": f"{person.project}-learner"}, folder / "second")
        except TemplateFailed as error:
            raise TemplateFailed(f"Line {person.line}, {person.name}: {error}") from None


@contextmanager
def _in_one_step(output: Path) -> Iterator[Path]:
    """Yield a folder whose files are moved to another one at the end, if all has gone well."""
    try:
        draft = Path(mkdtemp(prefix=f".{output.name}-", dir=output.absolute().parent))
        draft.chmod(0o755)
    except OSError as error:
        raise UsageFailed(f"{output} cannot be written: {in_words(error)}.") from None
    try:
        yield draft
        if output.exists():
            for file in draft.iterdir():
                file.replace(output / file.name)
        else:
            draft.rename(output)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
