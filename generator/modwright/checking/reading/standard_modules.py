"""The modules of the standard library, as the Python that runs this has them."""

from importlib.machinery import ModuleSpec
from importlib.util import find_spec


def standard_spec(module: str) -> ModuleSpec | None:
    """Return the spec of a module of the standard library; None when there is none of its name.

    Args:
        module: Its dotted name. The packages around it are imported: ask for no other library's.
    """
    try:
        return find_spec(module)
    except (ImportError, ValueError):  # its package is none, or it stands in for another module
        return None
