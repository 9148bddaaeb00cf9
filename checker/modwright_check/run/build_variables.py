"""The environment variables that a build is given: what compilers and uv need, and no secrets.

uv hands its own variables on to the build back end, so it is given few as well. What gives it a
password for an index is among them: without that, no private dependency could be had.
"""

import os
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from subprocess import DEVNULL, run

from uv import find_uv_bin

from modwright_check.run.sandbox import INHERITED

# Of another project's environment; uv would take them for this one's.
NOT_INHERITED = {
    "CONDA_PREFIX",
    "PYTHONHOME",
    "PYTHONPATH",
    "UV_PROJECT_ENVIRONMENT",
    "UV_PYTHON",
    "VIRTUAL_ENV",
}
# Patterns of what builds read: of uv and the network, of compilers and their files, of build back
# ends, of systems.
_PASSED = (
    *INHERITED,
    *("UV_*", "*_PROXY", "SSL_CERT_*", "NETRC", "TERM", "CI", "SOURCE_DATE_EPOCH"),
    *("CC", "CXX", "CPP", "FC", "LD", "AR", "RANLIB", "STRIP", "*FLAGS", "CCACHE_*", "SCCACHE_*"),
    *("CPATH", "*INCLUDE_PATH", "INCLUDE", "LIB", "LIBPATH", "*LIBRARY_PATH", "PKG_CONFIG*"),
    *("CMAKE_*", "MESON*", "NINJA*", "MAKE*", "CARGO_*", "RUST*", "CGO_*", "JAVA_HOME"),
    *("GOROOT", "GOPATH", "GOENV", "GOTOOLCHAIN", "GOPROXY", "GOSUMDB", "GOPRIVATE", "GONO*"),
    *("GOCACHE", "GOMODCACHE", "GOOS", "GOARCH", "GOARM*", "GOAMD64"),
    *("SETUPTOOLS_*", "DISTUTILS_*", "HATCH_*", "PDM_*", "POETRY_*", "FLIT_*", "SKBUILD_*"),
    *("MATURIN_*", "PYO3_*", "NPY_*", "CYTHON*", "MACOSX_DEPLOYMENT_TARGET", "SDKROOT"),
    *("DEVELOPER_DIR", "ARCHFLAGS", "_PYTHON_HOST_PLATFORM", "WINDOWSSDK*"),
    *("VSINSTALLDIR", "VSCMD_*", "VS*COMNTOOLS", "VCINSTALLDIR", "VCTOOLS*", "VCPKG_*"),
    *("PROGRAMFILES*", "COMMONPROGRAM*", "PROGRAMDATA", "SYSTEMDRIVE", "WINDIR", "APPDATA"),
    *(
        "LOCALAPPDATA",
        "USERPROFILE",
        "PROCESSOR_*",
        "NUMBER_OF_PROCESSORS",
        "TEMP",
        "TMP",
        "TMPDIR",
    ),
)
_SECRET = (
    *("*TOKEN*", "*SECRET*", "*CREDENTIAL*", "*_API_KEY", "MAKE*KEY*"),
    *("UV_PUBLISH_*", "HATCH_INDEX_*", "PDM_PUBLISH_*", "FLIT_PASSWORD", "MATURIN_PASSWORD"),
    *("POETRY_HTTP_BASIC_*", "CARGO_REGISTR*"),
)


def build_variables(home: Path, more: Iterable[str]) -> dict[str, str]:
    """Return the variables of a build.

    Args:
        home: Becomes its home, but on Windows, where programs do not look for it in variables.
        more: Patterns of names that are passed as well.
    """
    more = tuple(more)
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in NOT_INHERITED and (_is_passed(name.upper()) or _matches(name, more))
    }
    return kept if os.name == "nt" else _as_of_the_real_home() | kept | {"HOME": str(home)}


def _is_passed(name: str) -> bool:
    return _matches(name, _PASSED) and not _matches(name, _SECRET)


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


@cache
def _as_of_the_real_home() -> dict[str, str]:
    """Return what says where uv, git, Cargo and others find in the real home what they need."""
    home = Path("~").expanduser()
    finished = run(  # noqa: S603
        [find_uv_bin(), "cache", "dir"],
        check=False,
        stdin=DEVNULL,
        capture_output=True,
        encoding="utf-8",
    )
    places = {
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_DATA_HOME": home / ".local" / "share",
        "NETRC": home / ".netrc",
        "GIT_CONFIG_GLOBAL": home / ".gitconfig",
        "CARGO_HOME": home / ".cargo",
        "RUSTUP_HOME": home / ".rustup",
    }
    found = {name: os.environ.get(name, str(place)) for name, place in places.items()}
    kept = {name: place for name, place in found.items() if Path(place).exists()}
    return kept | {"UV_CACHE_DIR": finished.stdout.strip()} if finished.stdout.strip() else kept
