"""Has the environment's Python parse what the Python that runs the check is too old for."""

import ast
import marshal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from modwright_check.model.environment import Environment
from modwright_check.model.python_versions import minor_of
from modwright_check.run.sandbox import Alive, ProcessGroup, contain
from modwright_check.static.newer_trees import rebuilt
from modwright_check.system.regular_files import read_regular

PARSER = Path(__file__).parents[1] / "probe" / "syntax_trees.py"
LARGEST_TREE = 64 << 20  # bytes


def newer_trees(
    environment: Environment, time_limit: float, under_way: ProcessGroup, files: Sequence[Path]
) -> Mapping[Path, ast.Module | SyntaxError]:
    """Return what a newer Python makes of sources: their trees, or why they have none.

    Args:
        environment: Whose Python it is. None of what is installed there runs.
        time_limit: Seconds that each file may take.
        under_way: By which it is ended with the check.
        files: That this Python cannot parse.

    Returns:
        Nothing when the environment's Python is not newer than this one, and nothing of files that
        could not be parsed in time.
    """
    if not files or minor_of(environment.version) <= sys.version_info.minor:
        return {}
    with under_way.place() as folder:
        (folder / "files").write_bytes(marshal.dumps([str(file) for file in files]))
        trees = folder / "trees"
        trees.mkdir()
        command = [str(environment.python), "-I", "-S", str(PARSER), str(folder)]
        contain(command, folder, time_limit, under_way, is_alive=Alive(trees))
        made = ((file, _read(trees / str(number))) for number, file in enumerate(files))
        return {file: tree for file, tree in made if tree is not None}


def _read(told: Path) -> ast.Module | SyntaxError | None:
    try:
        match marshal.loads(read_regular(told, LARGEST_TREE)):  # noqa: S302 (none of the project's code has run)
            case (str(message), int() | None as line):
                return SyntaxError(message, ("", line, None, None))
            case tree:
                made = rebuilt(tree)
    except (OSError, EOFError, ValueError, TypeError, RecursionError):
        return None
    return made if isinstance(made, ast.Module) else None
