import sys
from importlib.machinery import ModuleSpec
from importlib.util import find_spec


class Redirect:
    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        return find_spec("shop.orders") if name == "shop.lists" else None


def redirect() -> None:
    sys.meta_path.append(Redirect())
