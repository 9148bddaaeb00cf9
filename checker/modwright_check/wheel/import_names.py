"""Maps modules to the distributions that may provide them.

Only what is installed can be asked for the modules that it brings. For what is missing, the
project's own list of names is searched for one that fits.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from packaging.utils import canonicalize_name

# Its RECORD has more, under names that may well be somebody else's (`timer`).
_OF_PYWIN32 = (
    *("isapi", "ntsecuritycon", "pythoncom", "pywintypes", "servicemanager", "sspi", "sspicon"),
    *("win32api", "win32clipboard", "win32com", "win32con", "win32console", "win32cred"),
    *("win32crypt", "win32event", "win32evtlog", "win32evtlogutil", "win32file", "win32gui"),
    *("win32gui_struct", "win32inet", "win32job", "win32net", "win32netcon", "win32pdh"),
    *("win32pdhutil", "win32pipe", "win32print", "win32process", "win32profile", "win32security"),
    *("win32service", "win32serviceutil", "win32timezone", "win32ts", "win32ui", "win32wnet"),
    *("winerror", "winioctlcon"),
)
# Of each distribution's own documentation and its RECORD; those that PEP 503 and the usual
# additions (`py…`, `python-…`) do not lead to. The first is the one to recommend. Among them are
# those that bring back what the standard library has lost, or bring it earlier.
_OTHERWISE_CALLED = {
    "_cffi_backend": ("cffi",),
    "allauth": ("django-allauth",),
    "AppKit": ("pyobjc-framework-Cocoa",),
    "asynchat": ("pyasynchat",),
    "asyncore": ("pyasyncore",),
    "attr": ("attrs",),
    "audioop": ("audioop-lts",),
    "Bio": ("biopython",),
    "bs4": ("beautifulsoup4",),
    "bson": ("pymongo",),
    "cairo": ("pycairo",),
    "cgi": ("legacy-cgi",),
    "cgitb": ("legacy-cgi",),
    "clr": ("pythonnet",),
    "community": ("python-louvain",),
    "consul": ("python-consul2", "python-consul", "py-consul"),
    "corsheaders": ("django-cors-headers",),
    "Crypto": ("pycryptodome",),
    "Cryptodome": ("pycryptodomex",),
    "cv2": (
        "opencv-python",
        "opencv-python-headless",
        "opencv-contrib-python",
        "opencv-contrib-python-headless",
    ),
    "dateutil": ("python-dateutil",),
    "debug_toolbar": ("django-debug-toolbar",),
    "discord": ("discord.py",),
    "distutils": ("setuptools",),
    "dns": ("dnspython",),
    "docx": ("python-docx",),
    "dotenv": ("python-dotenv",),
    "environ": ("django-environ",),
    "faiss": ("faiss-cpu", "faiss-gpu"),
    "ffmpeg": ("ffmpeg-python",),
    "fitz": ("PyMuPDF",),
    "Foundation": ("pyobjc-framework-Cocoa",),
    "gi": ("PyGObject",),
    "git": ("GitPython",),
    "google.protobuf": ("protobuf",),
    "googleapiclient": ("google-api-python-client",),
    "graphlib": ("graphlib-backport",),
    "gridfs": ("pymongo",),
    "grpc": ("grpcio",),
    "grpc_health": ("grpcio-health-checking",),
    "grpc_reflection": ("grpcio-reflection",),
    "grpc_status": ("grpcio-status",),
    "grpc_tools": ("grpcio-tools",),
    "hid": ("hidapi", "hid"),
    "imp": ("zombie-imp",),
    "jose": ("python-jose",),
    "jwt": ("PyJWT",),
    "ldap": ("python-ldap",),
    "magic": ("python-magic",),
    "markdown_it": ("markdown-it-py",),
    "mpl_toolkits": ("matplotlib",),
    "mysql": ("mysql-connector-python",),
    "MySQLdb": ("mysqlclient",),
    "nacl": ("PyNaCl",),
    "nvidia": ("nvidia-ml-py",),
    "objc": ("pyobjc-core",),
    "OpenGL": ("PyOpenGL",),
    "OpenSSL": ("pyOpenSSL",),
    "osgeo": ("GDAL",),
    "PIL": ("pillow", "pillow-simd"),
    "pkg_resources": ("setuptools",),
    "pptx": ("python-pptx",),
    "psycopg2": ("psycopg2", "psycopg2-binary"),
    "pylab": ("matplotlib",),
    "pythonjsonlogger": ("python-json-logger",),
    "pywt": ("PyWavelets",),
    "qpidtoollibs": ("qpid-tools",),
    "readline": ("pyreadline3", "pyreadline", "gnureadline"),
    "rest_framework": ("djangorestframework",),
    "serial": ("pyserial",),
    "shapefile": ("pyshp",),
    "skimage": ("scikit-image",),
    "sklearn": ("scikit-learn",),
    "skopt": ("scikit-optimize",),
    "slugify": ("python-slugify", "unicode-slugify"),
    "socks": ("PySocks",),
    "speech_recognition": ("SpeechRecognition",),
    "telegram": ("python-telegram-bot",),
    "tlz": ("toolz",),
    "umap": ("umap-learn",),
    "usb": ("pyusb",),
    "websocket": ("websocket-client",),
    "wx": ("wxPython",),
    "yaml": ("PyYAML",),
    "zmq": ("pyzmq",),
    **dict.fromkeys(_OF_PYWIN32, ("pywin32",)),
}
# Of the same name, which their documentation tells: what brings a part of newer Pythons to older
# ones, what lies beside pip wherever something is developed, so that nobody declares it, and what
# is used most. Of any other module it is a guess.
_CALLED_LIKE_THEM = {
    *("aiohttp", "anyio", "babel", "boto3", "botocore", "bottle", "celery", "certifi", "cffi"),
    *("chardet", "click", "colorama", "cryptography", "dask", "django", "docker", "docutils"),
    *("exceptiongroup", "fastapi", "flask", "gevent", "greenlet", "gunicorn", "h5py", "httpx"),
    *("hypothesis", "idna", "importlib_metadata", "importlib_resources", "jax", "jinja2"),
    *("joblib", "jsonschema", "keras", "keyring", "lxml", "mako", "markdown", "markupsafe"),
    *("matplotlib", "mock", "msgpack", "mypy", "networkx", "nltk", "numba", "numpy", "openai"),
    *("openpyxl", "packaging", "pandas", "paramiko", "pexpect", "pip", "platformdirs", "plotly"),
    *("pluggy", "polars", "psutil", "pyarrow", "pycparser", "pydantic", "pygments", "pymongo"),
    *("pyparsing", "pytest", "redis", "requests", "rich", "scipy", "seaborn", "setuptools"),
    *("simplejson", "six", "sphinx", "sqlalchemy", "starlette", "sympy", "tensorflow", "tomli"),
    *("torch", "tornado", "tqdm", "transformers", "twisted", "typer", "typing_extensions"),
    *("uvicorn", "urllib3", "websockets", "werkzeug", "wheel", "wrapt", "xarray"),
}
# The versions from which on their distributions no longer hold them.
_LOST = {"pkg_resources": "82"}


class ImportNames:
    """Which distributions may hold which modules.

    Args:
        given: By the names of distributions, the modules that they hold, as a project says.
    """

    def __init__(self, given: Mapping[str, Collection[str]]) -> None:
        self._distributions: dict[str, tuple[str, ...]] = dict(_OTHERWISE_CALLED)
        for distribution, modules in given.items():
            for module in modules:
                known = self._distributions.get(module, ())
                self._distributions[module] = (distribution, *known)

    def likely(self, module: str) -> str | None:
        """Return the distribution that a module is known to come with, when its name is another.

        Args:
            module: Its dotted name.
        """
        known = (self._distributions.get(part) for part in _beginnings(module))
        return next((names[0] for names in known if names), None)

    def recommended(self, module: str) -> str | None:
        """Return the distribution to install for a module, if it is known.

        Args:
            module: Its dotted name.
        """
        top = module.partition(".")[0]
        same = top.replace("_", "-") if top in _CALLED_LIKE_THEM else None
        return self.likely(module) or same

    def lost(self, module: str) -> str | None:
        """Return the version of its likely distribution that first lacks a module.

        Args:
            module: Its dotted name.
        """
        return next((_LOST[part] for part in _beginnings(module) if part in _LOST), None)

    def modules(self, distribution: str) -> frozenset[str]:
        """Return the modules that a distribution is known to hold, whose names are others.

        Args:
            distribution: Its name, normalised (PEP 503).
        """
        return frozenset(
            module
            for module, names in self._distributions.items()
            if any(canonicalize_name(name) == distribution for name in names)
        )

    def among(self, module: str, names: Collection[str]) -> str | None:
        """Return which of these distributions would hold a module, judged by its name.

        Of `webtoolkit` that may be `web-toolkit` as well: names of modules have no hyphens.

        Args:
            module: Its dotted name.
            names: Of distributions, normalised (PEP 503).
        """
        exact = (name for name in self._candidates(module) if name in names)
        return next(exact, None) or self._spelt_otherwise(module, names)

    def _spelt_otherwise(self, module: str, names: Collection[str]) -> str | None:
        """Return which of these distributions would hold a module, hyphens left aside."""
        spelt = {without_separators(name): name for name in sorted(names)}
        candidates = map(without_separators, self._candidates(module))
        return next((spelt[each] for each in candidates if each in spelt), None)

    def may_come_from(self, module: str, names: Collection[str]) -> bool:
        """Return whether one of these might hold a module, going by more than its name.

        `opentelemetry.trace` might come with `opentelemetry-sdk`, or with what that depends on.

        Args:
            module: Its dotted name.
            names: Of distributions, normalised (PEP 503).
        """
        top = canonicalize_name(module.partition(".")[0].strip("_"))
        parts = {
            part for name in names for part in (name.partition("-")[0], name.rpartition("-")[2])
        }
        return top.partition("-")[0] in parts or self.among(module, names) is not None

    def _candidates(self, module: str) -> Iterator[str]:
        """Yield normalised names, the likeliest first: `google.cloud.storage` before `google`."""
        for part in _beginnings(module):
            yield from map(canonicalize_name, self._distributions.get(part, ()))
            name = canonicalize_name(part.strip("_"))
            yield from (
                name,
                f"python-{name}",
                f"py{name}",
                f"{name}-python",
                f"{name}-py",
                f"{name}py",
            )


def distribution_of_part(module: str, names: Collection[str]) -> str | None:
    """Return which of these distributions would hold a part of a namespace, by its name.

    Of `azure` it may be `azure-identity`, and of `google.iam` `grpc-google-iam-v1`.

    Args:
        module: Its dotted name.
        names: Of distributions, normalised (PEP 503).
    """
    name = canonicalize_name(module.strip("_"))
    for each in sorted(names):
        # A name of one word stands in those of many that extend its library.
        if each.startswith(f"{name}-") or ("." in module and f"-{name}-" in f"-{each}-"):
            return each
    return None


def without_separators(name: str) -> str:
    """Return the letters and digits of a name, in lower case: `webtoolkit` for `Web-Toolkit`."""
    return re.sub(r"[-_.]+", "", name).lower()


def _beginnings(module: str) -> Iterator[str]:
    """Yield a dotted name and the packages around it, the innermost first."""
    while module:
        yield module
        module = module.rpartition(".")[0]
