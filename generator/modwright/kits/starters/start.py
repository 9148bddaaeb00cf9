# -*- coding: utf-8 -*-
"""Starts a kit. Any Python can run this file: it finds one that fits, and lets that do the work."""

from __future__ import print_function

import json
import os
import subprocess
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = os.path.dirname(os.path.abspath(__file__))
FILES = os.path.join(ROOT, "kit-files")
UNPACK = "Unpack the whole zip into a folder first, and start there."
ABOUT = (
    "import sys, sysconfig; print(sys.version_info[0], sys.version_info[1], "
    "sys.implementation.name == 'cpython' and sys.maxsize > 2 ** 32 "
    "and not sysconfig.get_config_var('Py_GIL_DISABLED'))"
)
BEGIN = (
    "import sys, pathlib; root = pathlib.Path(sys.argv[1]); "
    "sys.path.insert(0, str(root / 'kit-files')); sys.dont_write_bytecode = True; "
    "from begin.main import main; sys.exit(main(root, sys.argv[2:]))"
)


def main():
    # type: () -> int
    """Find a fitting Python, and start with it."""
    try:
        with open(os.path.join(FILES, "kit.json"), "rb") as file:
            kit = json.loads(file.read().decode("utf-8"))
    except (IOError, OSError, ValueError):
        print("Not ready. This kit is not whole. " + UNPACK)
        return 1
    seen = set()
    for python in candidates(kit["pythons"]):
        place = os.path.realpath(python)
        if place not in seen and version_of(python) in kit["pythons"]:
            return start(python)
        seen.add(place)
    print(none_fits(kit))
    return 1


def candidates(pythons):
    # type: (list[str]) -> Iterator[str]
    """Yield interpreters: this one, and all others that may be here."""
    yield sys.executable
    if os.name == "nt":
        for version in pythons:
            yield said(["py", "-" + version, "-c", "import sys; print(sys.executable)"])
    folders = os.environ.get("PATH", "").split(os.pathsep)
    home = os.path.expanduser("~")
    folders += ["/usr/local/bin", "/opt/homebrew/bin", "/usr/bin", os.path.join(home, ".local/bin")]
    if sys.platform == "darwin":  # whose own asks a person to install it, when it is not there
        folders = [folder for folder in folders if folder != "/usr/bin"]
    for version in pythons:
        folders += ["/Library/Frameworks/Python.framework/Versions/" + version + "/bin"]
    for kept in (".pyenv/versions", ".local/share/uv/python", "AppData/Roaming/uv/python"):
        kept = os.path.join(home, *kept.split("/"))
        if os.path.isdir(kept):
            for each in sorted(os.listdir(kept)):
                folders += [os.path.join(kept, each, "bin"), os.path.join(kept, each)]
    names = ["python" + version for version in pythons] + ["python3", "python"]
    ending = ".exe" if os.name == "nt" else ""
    for name in names:
        for folder in folders:
            python = os.path.join(folder, name + ending)
            if folder and os.path.isfile(python):
                yield python


def version_of(python):
    # type: (str) -> str
    """Return the version of an interpreter, such as 3.13; nothing for one that does not fit."""
    parts = said([python, "-I", "-c", ABOUT]).split()
    return ".".join(parts[:2]) if parts[2:] == ["True"] else ""


def said(command):
    # type: (list[str]) -> str
    """Return what a program writes; nothing when it cannot be run."""
    if not command[0]:
        return ""
    try:
        with open(os.devnull, "w+") as nothing:
            output = subprocess.check_output(command, stdin=nothing, stderr=nothing)
        return output.decode("utf-8", "replace").strip()
    except (OSError, ValueError, subprocess.CalledProcessError):
        return ""


def start(python):
    # type: (str) -> int
    """Let an interpreter do the work; return its exit code."""
    command = [python, "-I", "-X", "utf8", "-c", BEGIN, ROOT] + sys.argv[1:]
    process = subprocess.Popen(command)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # which the other one has got as well, and tells of
            pass


def none_fits(kit):
    # type: (dict[str, list[str]]) -> str
    """Return what to do where no Python fits."""
    wanted = " or ".join(kit["pythons"])
    here = "%d.%d" % sys.version_info[:2]
    line = "Not ready. This kit needs Python %s (64 bits), and there is only %s. " % (wanted, here)
    folder = os.path.join(ROOT, "installers")
    if os.path.isdir(folder) and os.listdir(folder):
        names = ", ".join(sorted(os.listdir(folder)))
        return line + "Install it with a file of the folder installers (%s), and start again." % names
    return line + "Install Python %s, and start again." % kit["pythons"][0]


if __name__ == "__main__":
    sys.exit(main())
