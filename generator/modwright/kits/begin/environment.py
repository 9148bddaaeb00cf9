"""The environment: made once, marked when it is whole, made again when it is not."""

import json
import os
import shutil
import sys
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

from . import editable
from .kit import Kit, Needs
from .place import demand_room
from .programs import Failed, run
from .trouble import Trouble
from .unpacking import Folders, folders_of, unpack

BEGUN = ".modwright-kit-begun"  # it is of a kit, and may be removed
WHOLE = ".modwright-kit-whole"  # written last
WORK = ".modwright-kit-work"
_HALF_MADE = "an earlier start did not come to its end."
_OF_ANOTHER = "the kit, its folder or Python is another one than the last time."
SECONDS = 300  # for an installer: a scanner of viruses may look at each file

Tell = Callable[[str], None]


def make_environment(environment: Path, kit: Kit, needs: Needs, tell: Tell) -> tuple[Folders, bool]:
    """Make the environment of a project, unless it is there.

    Args:
        environment: Its folder.
        kit: Where the wheels are.
        needs: Which of them.
        tell: Told what is done.

    Returns:
        Where things lie in it, and whether uv has installed them.

    Raises:
        Trouble: It cannot be made.
        OSError: It cannot be written.
    """
    folders = folders_of(environment)
    by_uv = _whole(environment, kit, folders)
    if by_uv is None:
        kit.demand_whole(needs.wheels)
        _make_way(environment, tell)
        demand_room(environment, needs)
        _create(environment, folders)
        tell(f"Installing {len(needs.wheels)} packages ...")
        by_uv = _install(kit, needs, folders)
        (environment / WHOLE).write_text(json.dumps(_made_of(kit) | {"by_uv": by_uv}), "utf-8")
    return folders, by_uv


def _whole(environment: Path, kit: Kit, folders: Folders) -> bool | None:
    """Return whether uv has made an environment that is whole; None for one that is not."""
    try:
        marker = json.loads((environment / WHOLE).read_text("utf-8"))
        run([folders.python, "-I", "-c", ""], environment, SECONDS)
        return bool(marker["by_uv"]) if marker.items() >= _made_of(kit).items() else None
    except (OSError, ValueError, AttributeError, KeyError, Failed):
        return None


def _made_of(kit: Kit) -> dict[str, str]:
    """Return what an environment is made anew for: it holds paths of the project and of Python."""
    return {"kit": kit.id, "project": str(kit.project), "python": sys.executable + sys.version}


def _make_way(environment: Path, tell: Tell) -> None:
    """Remove what an earlier start has left, and put aside what somebody else has made."""
    if not environment.exists():
        return
    if not any(environment.iterdir()):
        environment.rmdir()
        return
    if (environment / BEGUN).exists():
        tell("Beginning anew: " + (_OF_ANOTHER if (environment / WHOLE).exists() else _HALF_MADE))
        try:
            shutil.rmtree(environment)
        except OSError as error:
            raise Trouble(
                f"{error.filename} is in use. Close all windows that run Python, and start again."
            ) from None
        return
    aside = next(
        place
        for number in range(1, 1000)
        if not (place := environment.with_name(f"{environment.name}-before-{number}")).exists()
    )
    environment.rename(aside)
    tell(f"There was a {environment.name} of somebody else's: it is {aside.name} now.")


def _create(environment: Path, folders: Folders) -> None:
    environment.mkdir(parents=True)
    (environment / BEGUN).touch()
    try:
        venv.EnvBuilder(symlinks=os.name != "nt").create(environment)
    except (OSError, ValueError) as error:  # the latter for a path with a colon
        raise Trouble(f"No environment can be made at {environment}: {error}.") from None
    if not folders.site.is_dir():
        raise Trouble(f"{sys.executable} makes no usual environment. Take Python of python.org.")


def _install(kit: Kit, needs: Needs, folders: Folders) -> bool:
    work = folders.environment / WORK
    try:
        wheels = _give_names(kit, needs, work)
        by_uv = _install_by_uv(kit.project, wheels, folders)
        if not by_uv:
            unpack(wheels, folders)
            editable.install(kit.project, folders)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return by_uv


def _give_names(kit: Kit, needs: Needs, work: Path) -> list[Path]:
    """Give wheels their names, which they may not have in a kit, and return their files."""
    work.mkdir()
    for name in needs.wheels:
        try:
            os.link(kit.wheel(name), work / name)
        except OSError:  # another disk, or one without links
            shutil.copyfile(kit.wheel(name), work / name)
    return [work / name for name in needs.wheels]


def _install_by_uv(project: Path, wheels: list[Path], folders: Folders) -> bool:
    """Return whether uv, taken from its wheel, could install wheels and project."""
    uv = _take_uv(wheels)
    if uv is None:
        return False
    work = uv.parent
    install: list[str | Path] = [uv, "pip", "install", "--offline", "--no-index", "--no-deps"]
    install += ["--no-config", "--cache-dir", work / "cache", "--python", folders.python]
    try:
        run([*install, *(f"./{wheel.name}" for wheel in wheels)], work, SECONDS)
    except Failed:  # it may not be run here, most likely
        return False
    try:
        run([*install, "--no-build-isolation", "--editable", project], work, SECONDS)
    except Failed:  # its build back end wants more than there is: a compiler, perhaps
        editable.install(project, folders)
    return True


def _take_uv(wheels: list[Path]) -> Path | None:
    wheel = next((wheel for wheel in wheels if wheel.name.startswith("uv-")), None)
    if wheel is None:
        return None
    with zipfile.ZipFile(wheel) as content:
        for name in content.namelist():
            if name.endswith((".data/scripts/uv", ".data/scripts/uv.exe")):
                uv = wheel.parent / name.rpartition("/")[2]
                uv.write_bytes(content.read(name))
                uv.chmod(0o755)
                return uv
    return None
