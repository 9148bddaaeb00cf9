"""Finds and compiles modules before the process that imports them is forked.

To find a module and to read its code takes a hundred functions of importlib, which touch as many
pages of memory; a child would copy each of them, its parent does not.
"""

from __future__ import annotations

import sys
import warnings

from .loading import machinery, replace_machinery

TYPE_CHECKING = False  # the module typing is not loaded here
if TYPE_CHECKING:
    from typing import Any


class Ready:
    """The one module that is ready to be executed."""

    def __init__(self) -> None:
        self.spec: Any = None
        self.finders = list(sys.meta_path)

    def begin(self) -> None:
        """Use it from now on, when it is asked for."""
        find_spec = machinery("_find_spec")

        def _find_spec(name: str, path: Any, target: Any = None) -> Any:
            spec, self.spec = self.spec, None
            if spec is not None and spec.name == name:
                return spec
            return find_spec(name, path, target)

        replace_machinery("_find_spec", _find_spec)

    def prepare(self, name: str) -> None:
        """Find a module and read its code; what has to be told of that, its import will tell.

        Args:
            name: Its dotted name. The package around it has been imported.
        """
        self.spec = None
        if sys.meta_path != self.finders:  # somebody may want to be asked in the child
            return
        package = name.rpartition(".")[0]
        try:
            path = sys.modules[package].__path__ if package else None
            spec = machinery("_find_spec")(name, path)
            if type(spec.loader).__name__ == "SourceFileLoader":
                _read_code(spec.loader, name)
                self.spec = spec
        except Exception:  # noqa: BLE001, S110 (the child will meet it again)
            pass


def _read_code(loader: Any, name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter(
            "error"
        )  # of the compiler: the child shall hear them, as the module's
        code = loader.get_code(name)

    def get_code(_name: str) -> Any:
        del loader.get_code
        return code

    loader.get_code = get_code
