"""Presets: answers, and a team's rules about them, each of which may extend another one."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from modwright.errors import UsageFailed
from modwright.git import GitFailed
from modwright.scaffold.preset_pages import Page, read_page
from modwright.scaffold.preset_sources import (
    InFile,
    InRepository,
    Place,
    Places,
    Reference,
    in_file,
    parse_reference,
)
from modwright.scaffold.repositories import has_branch, release

LONGEST_CHAIN = 20  # a server could go on forever


@dataclass(frozen=True)
class Preset:
    """What a preset says, with all that it extends.

    Args:
        source: What a project records, so that a later version can be found again; None for ours.
        version: Which version this is: the commit of a repository, or the hash of all that was
            read.
        answers: To questions.
        fixed: The answers that no project may change, each with the preset that fixes it.
        owners: Who owns the files that a pattern fits; the last that fits counts.
        template: The repository of the team's own template, perhaps with a version.
    """

    source: str | None = None
    version: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    template: str | None = None

    @property
    def recorded(self) -> dict[str, Any]:
        """What the answers file of a project tells of it, so that nobody has to ask for it again.

        Copier keeps such keys of an answers file, and would forget those with an underscore.
        """
        if self.source is None or self.version is None:
            return {}
        rules = {
            "preset_fixed": {name: self.answers[name] for name in self.fixed},
            "preset_owners": dict(self.owners),
        }
        told = {name: rule for name, rule in rules.items() if rule}
        return {"preset": self.source, "preset_version": self.version, **told}


def list_presets(template: Path) -> dict[str, str]:
    """Return the name of each preset of the template with its first line, which describes it."""
    return {
        name: file.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ")
        for name, file in _ours(template).items()
    }


def load_preset(
    preset: str, template: Path, *, folder: Path = Path(), project: Path = Path()
) -> Preset:
    """Return a preset with all that it extends.

    Args:
        preset: The name of one of ours, a file, a URL, or a repository
            (`git+https://host/team/standard.git@v3#python.yml`).
        template: The folder of the template, whose `presets/` holds ours.
        folder: What the path of a file is relative to.
        project: Where the project lies or will lie, from where a file is found again.

    Raises:
        UsageFailed: There is no such preset, or it does not say what a preset can.
    """
    ours = _ours(template)
    with TemporaryDirectory() as scratch:
        places = Places(ours, Path(scratch))
        first = places.find(preset, lambda path: in_file(folder, path, tuple(ours)))
        pages = _chain(places, first)
    combined = _combined(pages)
    if preset in ours:
        return combined
    source, version = _origin(pages, project)
    return replace(combined, source=source, version=version)


def newest_preset(source: str, template: Path, project: Path) -> Preset:
    """Return the newest version of a preset that a project has recorded.

    A branch is followed; a release, or a hash, is only where the project began.

    Raises:
        UsageFailed: It cannot be had.
    """
    reference = parse_reference(source)
    if reference and not _is_branch(reference):
        newest = load_preset(str(reference.at(None)), template, project=project)
        if not _goes_back(reference, newest):
            return newest
    return load_preset(source, template, folder=project, project=project)


def recorded_preset(source: str, version: str, template: Path, project: Path) -> Preset | None:
    """Return a preset as it was when a project has recorded it.

    None where nobody has kept that: of a file or a page there is only what it holds now.

    Raises:
        UsageFailed: It cannot be had.
    """
    if reference := parse_reference(source):
        then = load_preset(str(reference.at(version)), template, project=project)
        return replace(then, source=source)
    preset = load_preset(source, template, folder=project, project=project)
    return preset if preset.version == version else None


def _is_branch(reference: Reference) -> bool:
    try:
        return has_branch(reference.address)
    except GitFailed as error:
        raise UsageFailed(f"Preset {reference}: it cannot be fetched: {error}.") from None


def _goes_back(began: Reference, newest: Preset) -> bool:
    """Return whether the newest release is older, as for a project that tries what comes next."""
    ended = parse_reference(newest.source or "")
    before, after = (
        release(place.address.version or "") if place else None for place in (began, ended)
    )
    return before is not None and after is not None and after < before


def _ours(template: Path) -> dict[str, Path]:
    return {file.stem: file for file in sorted((template / "presets").glob("*.yml"))}


def _chain(places: Places, first: Place) -> list[Page]:
    """Return a preset and those that it extends, the nearest first."""
    pages = [read_page(first)]
    while extended := pages[-1].rules.get("_extends"):
        if len(pages) == LONGEST_CHAIN:
            raise UsageFailed(f"Preset {first}: extends more than {LONGEST_CHAIN - 1} others.")
        place = places.find(extended, pages[-1].place.beside)
        if place in [page.place for page in pages]:
            raise UsageFailed(f"Preset {first}: {pages[-1].place} extends {place}, in a circle.")
        pages.append(read_page(place))
    return pages


def _combined(pages: list[Page]) -> Preset:
    """Return what a chain says together: the nearer wins, but over what is fixed."""
    answers: dict[str, Any] = {}
    fixed: dict[str, str] = {}
    owners: dict[str, str] = {}
    template = None
    for page in reversed(pages):
        for name in fixed.keys() & page.answers.keys():
            if page.answers[name] != answers[name]:
                raise UsageFailed(
                    f"Preset {page.place}: {name} is fixed to {answers[name]} by {fixed[name]}."
                )
        answers |= page.answers
        for name in page.rules.get("_fixed", ()):
            if name not in answers:
                raise UsageFailed(f"Preset {page.place}: {name} is fixed, but has no answer.")
            fixed.setdefault(name, str(page.place))
        for pattern, owner in page.rules.get("_owners", {}).items():
            owners.pop(pattern, None)  # what comes last counts
            owners[pattern] = owner
        template = page.rules.get("_template", template)
    return Preset(answers=answers, fixed=fixed, owners=owners, template=template)


def _origin(pages: list[Page], project: Path) -> tuple[str, str]:
    place = pages[0].place
    if isinstance(place, InRepository):
        return str(place), place.version.commit
    content = b"".join(page.text for page in pages)
    source = _from(project, place.file) if isinstance(place, InFile) else str(place)
    return source, f"sha256:{hashlib.sha256(content).hexdigest()}"


def _from(project: Path, file: Path) -> str:
    """Return the path of a file from a project; absolute on another drive of Windows."""
    try:
        path = Path(os.path.relpath(file, project)).as_posix()
    except ValueError:
        return file.resolve().as_posix()
    return path if "/" in path else f"./{path}"  # which is not the name of one of ours
