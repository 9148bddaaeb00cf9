import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path


class TableFinder(MetaPathFinder):
    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        file = Path("tables", f"{name}.table")
        if not name.endswith("_table") or not file.exists():
            return None
        return spec_from_file_location(name, file, loader=SourceFileLoader(name, str(file)))


sys.meta_path.append(TableFinder())
