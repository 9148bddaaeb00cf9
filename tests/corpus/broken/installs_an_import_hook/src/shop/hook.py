import sys
from importlib.machinery import ModuleSpec


class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "shop_orders":
            return ModuleSpec(name, None)
        return None


sys.meta_path.insert(0, Finder)
