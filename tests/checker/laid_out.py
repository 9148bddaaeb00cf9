"""Modules of our own in an environment of their own, to be imported in every way there is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from textwrap import dedent
from zipfile import ZipFile

from packaging.specifiers import SpecifierSet

from modwright_check.collect.import_all import import_all
from modwright_check.model.environment import Environment
from modwright_check.model.import_result import Outcome
from modwright_check.model.options import Isolation
from modwright_check.run.environment import create_environment
from modwright_check.run.probe_client import Interpreter, Sought
from modwright_check.run.sandbox import ProcessGroup
from modwright_check.static.preload_plan import AtImport, at_import
from modwright_check.static.source import Source, read_sources
from modwright_check.system.side_by_side import cores, side_by_side
from modwright_check.wheel.modules import Module
from modwright_check.wheel.restore import InstalledFiles
from modwright_check.wheel.source_map import SourceMap

# Loaded or not, the exception's class and text, how many modules came in.
Verdict = tuple[bool, str | None, str, int | None]


@dataclass(frozen=True)
class Laid:
    """Modules that lie in an environment.

    Args:
        interpreter: Imports them.
        names: Of the project's own.
        read: Their sources.
        installed: Their files, when there is a wheel of them.
    """

    interpreter: Interpreter
    names: tuple[str, ...]
    read: Mapping[str, Source]
    installed: InstalledFiles | None = None

    def in_tree(
        self,
        names: Sequence[str] | None = None,
        *,
        lines: int = 1,
        asked: AtImport | None = None,
        record: bool = True,
    ) -> dict[str, Outcome]:
        """Import in the fork tree, with what the sources import of others unless told otherwise."""
        asked = asked or at_import(self.read.values(), self.names)
        return self.interpreter.import_tree(names or self.names, asked, lines=lines, record=record)

    def imported(self, isolation: Isolation = Isolation.TREE) -> dict[str, Outcome]:
        """Import as the check does."""
        assert self.installed
        asked = at_import(self.read.values(), self.names)
        return import_all(
            self.interpreter, self.installed, self.names, asked, isolation, lambda _done: None
        )

    def fresh(self, name: str, *, trace: Sequence[str] = ()) -> Outcome:
        return self.interpreter.import_fresh(
            name, trace=Sought(frozenset(trace)) if trace else None
        )

    def each_fresh(self) -> dict[str, Outcome]:
        outcomes = side_by_side(self.interpreter.import_fresh, self.names, cores())
        return dict(zip(self.names, outcomes, strict=True))

    def without_fork(self) -> "Laid":
        return replace(self, interpreter=replace(self.interpreter, fork=False))


def lay_out(
    folder: Path,
    own: Mapping[str, str],
    others: Mapping[str, str] | None = None,
    *,
    time_limit: float = 30,
    suspects: Collection[str] = (),
    requires_python: str = "",
) -> Laid:
    """Install modules in a new environment.

    Args:
        folder: Where to create it.
        own: The project's files and their contents.
        others: Those of other distributions.
        time_limit: Seconds that each import may take.
        suspects: The modules that may assign to attributes of others.
        requires_python: Which Python it shall have; the one that runs, if that is admitted.
    """
    admitted = SpecifierSet(requires_python)
    environment = create_environment(folder.resolve() / "environment", admitted)
    for name, content in {**own, **(others or {})}.items():
        file = environment.site_packages / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(content), encoding="utf-8")
    files = {_dotted(name): PurePosixPath(name) for name in own}
    wheel = folder / "sample-1-py3-none-any.whl"
    with ZipFile(wheel, "w") as archive:
        for name in own:
            archive.write(environment.site_packages / name, name)
    project = laid(
        environment, files, environment.site_packages, time_limit=time_limit, suspects=suspects
    )
    return replace(project, installed=InstalledFiles(wheel, environment.site_packages))


def laid(
    environment: Environment,
    files: Mapping[str, PurePosixPath],
    root: Path,
    *,
    time_limit: float = 30,
    suspects: Collection[str] = (),
) -> Laid:
    """Return modules that are installed already: each with its file, relative to a root."""
    modules = tuple(Module(name, file) for name, file in sorted(files.items()))
    installed = {module.name: str((root / module.path).resolve()) for module in modules}
    interpreter = Interpreter(
        environment,
        tuple(installed.values()),
        time_limit,
        ProcessGroup(),
        suspects=tuple(installed[name] for name in suspects),
    )
    return Laid(interpreter, tuple(installed), read_sources(SourceMap(None, root, modules)))


def modules_below(
    root: Path, *tops: str, without: Collection[str] = ()
) -> dict[str, PurePosixPath]:
    """Return every module below a folder whose name begins so, and its file relative to it."""
    found = {}
    for top in tops:
        folder = root / top
        for file in [root / f"{top}.py"] if not folder.is_dir() else folder.rglob("*.py"):
            path = file.relative_to(root)
            parts = [*path.parent.parts, path.stem]
            if all(part.isidentifier() for part in parts) and not {*without} & {*parts}:
                found[_dotted(path.as_posix())] = PurePosixPath(path.as_posix())
    return found


def verdict(outcome: Outcome) -> Verdict:
    """Return what the tree and a fresh interpreter have to agree on."""
    # What a module has loaded before it fails depends on what was imported ahead of it.
    count = outcome.modules_loaded if outcome.loaded else None
    return outcome.loaded, outcome.error, outcome.message, count


def _dotted(file: str) -> str:
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
