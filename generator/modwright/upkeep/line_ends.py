"""Line ends: a file that the project has turned to those of Windows keeps them."""

from modwright.git import run_git
from modwright.upkeep.trees import Checkout

LF, CRLF = b"\n", b"\r\n"


def ended_as_in(checkout: Checkout, project: str, *trees: str) -> list[str]:
    """Return trees whose files end their lines as the project's files of the same path do.

    Without this, each line of such a file would differ from the template's.

    Args:
        checkout: The project.
        project: Its own tree.
        trees: What the template has made, which ends lines with LF alone.
    """
    paths = _with_crlf(checkout, project)
    return [_turned(checkout, tree, paths) for tree in trees]


def _with_crlf(checkout: Checkout, tree: str) -> set[str]:
    """Return the files of a tree in which no line ends with LF alone."""
    found = run_git(checkout.top, "grep", "-zlIE", "\r$", tree).stdout.split("\0")[:-1]
    contents = {name: checkout.content(name) for name in found}
    return {
        name.partition(":")[2]
        for name, content in contents.items()
        if content.count(LF) == content.count(CRLF)
    }


def _turned(checkout: Checkout, tree: str, paths: set[str]) -> str:
    files = checkout.files(tree) if paths else {}
    entries = []
    for path in sorted(paths & files.keys()):
        mode, blob = files[path].split()
        turned = checkout.blob(checkout.content(blob).replace(CRLF, LF).replace(LF, CRLF))
        entries.append(f"{mode} {turned}\t{path}\0")
    return checkout.with_files(tree, "".join(entries)) if entries else tree
