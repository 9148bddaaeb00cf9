import sys
from importlib.machinery import ModuleSpec
from importlib.util import find_spec


class Redirect:
    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        parts = name.split(".")
        if len(parts) > 2 and parts[0] == "shop" and parts[1] == "old":
            return find_spec(f"shop.orders.{parts[2]}")
        return None


sys.meta_path.append(Redirect())
