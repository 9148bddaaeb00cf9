"""What somebody would have answered who made this package with the template."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name

from modwright.errors import UsageFailed
from modwright.git import run_git
from modwright.scaffold.questions import Question

# Where the back ends are told what to import it by.
_NAMED_BY = (
    ("uv", "build-backend", "module-name"),
    ("flit", "module", "name"),
    ("pdm", "build", "includes"),
    ("poetry", "packages"),
    ("maturin", "module-name"),
    ("hatch", "build", "targets", "wheel", "packages"),
    ("setuptools", "packages"),
    ("setuptools", "py-modules"),
    ("scikit-build", "wheel", "packages"),
)
_NO_PACKAGES = {"tests", "test", "docs", "doc", "examples", "benchmarks", "scripts", "tools"}
_LICENSES = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "GNU General Public License v3 or later (GPLv3+)": "GPL-3.0-or-later",
    "Other/Proprietary License": "proprietary",
    "LicenseRef-Proprietary": "proprietary",
}
_HOSTS = {"github": "github.com", "gitlab": "gitlab.com"}


def read_pyproject(project: Path) -> dict[str, Any]:
    """Return what a package says of itself.

    Raises:
        UsageFailed: It has no pyproject.toml, or one that is not TOML.
    """
    try:
        return tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    except FileNotFoundError:
        raise UsageFailed(f"{project} has no pyproject.toml. Give it one first.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageFailed(f"pyproject.toml: {error}.") from None


def infer_answers(
    project: Path, pyproject: Mapping[str, Any], questions: Iterable[Question]
) -> dict[str, Any]:
    """Return the answers that a package gives by itself; what it does not say is left out.

    Args:
        project: Its folder.
        pyproject: The content of its pyproject.toml.
        questions: Of the template.
    """
    choices = {question.name: question.choices for question in questions}
    about = _table(pyproject, "project") or _table(pyproject, "tool", "poetry")
    repository = _repository(project, about)
    answers = {
        "project_name": about.get("name"),
        "package_name": _package(project, pyproject, str(about.get("name", ""))),
        "description": " ".join(str(about.get("description", "")).split())[:512],
        **_author(about),
        "keywords": [word for word in _items(about, "keywords") if isinstance(word, str)],
        "repository": repository,
        "license": _license(about, choices["license"]),
        "requires_python": _lowest_python(about, choices["requires_python"]),
        "stack": "stdlib",
        "ci": _ci(project, repository),
    }
    return {name: answer for name, answer in answers.items() if answer or answer == []}


def is_flat(project: Path) -> bool:
    """Return whether the package lies beside pyproject.toml, and not in `src/`."""
    return not any((project / "src").rglob("*.py"))


def _package(project: Path, pyproject: Mapping[str, Any], name: str) -> str | None:
    named = {_import_name(said) for path in _NAMED_BY for said in _said(pyproject, *path)}
    found = sorted(named or _packages(project))
    likely = [one for one in found if canonicalize_name(one) == canonicalize_name(name)]
    if likely or len(found) == 1:
        return (likely or found)[0]
    return None


def _said(pyproject: Mapping[str, Any], *path: str) -> Iterator[str]:
    said = _table(pyproject, "tool", *path[:-1]).get(path[-1], ())
    for one in [said] if isinstance(said, str) else said if isinstance(said, list) else ():
        text = one.get("include", "") if isinstance(one, dict) else one
        if isinstance(text, str) and re.fullmatch(r"[\w./-]+", text):
            yield text


def _import_name(said: str) -> str:
    name = said.removeprefix("src/").removesuffix(".py").strip("/").replace("/", ".")
    return re.sub(r"(\._\w+)+$", "", name)  # such as `shop._core`, which is built into the package


def _packages(project: Path) -> Iterator[str]:
    root = project if is_flat(project) else project / "src"
    for file in (*root.glob("*/__init__.py"), *root.glob("*/*/__init__.py")):
        parts = file.parent.relative_to(root).parts
        above = file.parent.parent / "__init__.py"
        if parts[0] not in _NO_PACKAGES and (len(parts) == 1 or not above.exists()):
            yield ".".join(parts)
    if root != project:
        yield from (file.stem for file in root.glob("*.py"))


def _author(about: Mapping[str, Any]) -> dict[str, str]:
    first: Any = next(iter(_items(about, "authors")), {})
    if isinstance(first, str):  # "Ann <ann@example.org>", as Poetry has it
        name, _, address = first.partition("<")
        first = {"name": name.strip(), "email": address.strip(" >")}
    if not isinstance(first, dict):
        return {}
    name = re.sub(r"[,<>]", "", str(first.get("name", "")))
    return {"user_name": name, "user_email": str(first.get("email", ""))}


def _repository(project: Path, about: Mapping[str, Any]) -> str | None:
    """Return the address that the metadata names, or else the one that git knows."""
    named = {str(key).lower(): str(url) for key, url in _table(about, "urls").items()}
    remote = run_git(project, "remote", "get-url", "origin").stdout.strip()
    of_git = re.sub(r"^(?:ssh://)?git@([^:/]+)[:/]", r"https://\1/", remote)
    candidates = [
        *(
            named.get(key, "")
            for key in ("repository", "source", "source code", "code", "homepage")
        ),
        str(about.get("repository", "")),
        of_git,
    ]
    for url in candidates:
        if re.fullmatch(r"https://[\w.-]+/[\w./-]+", url):
            return url.removesuffix("/").removesuffix(".git")
    return None


def _license(about: Mapping[str, Any], choices: Mapping[str, str]) -> str | None:
    said = about.get("license")
    names = [said.get("text") if isinstance(said, dict) else said]
    names += [str(one).rpartition(" :: ")[2] for one in _items(about, "classifiers")]
    known = (_LICENSES.get(name, name) for name in names if isinstance(name, str))
    return next((name for name in known if name in choices), None)


def _lowest_python(about: Mapping[str, Any], choices: Iterable[str]) -> str | None:
    try:
        admitted = SpecifierSet(str(about.get("requires-python", "")))
    except InvalidSpecifier:
        return None
    return next((version for version in choices if admitted.contains(f"{version}.99")), None)


def _ci(project: Path, repository: str | None) -> str:
    if (project / ".github" / "workflows").is_dir():
        return "github"
    if (project / ".gitlab-ci.yml").exists():
        return "gitlab"
    hosts = (name for name, host in _HOSTS.items() if f"//{host}/" in (repository or ""))
    return next(hosts, "none")


def _items(table: Mapping[str, Any], key: str) -> list[Any]:
    items = table.get(key)
    return items if isinstance(items, list) else []


def _table(content: Mapping[str, Any], *path: str) -> Mapping[str, Any]:
    for key in path:
        content = content.get(key, {}) if isinstance(content, dict) else {}
    return content if isinstance(content, dict) else {}
