import sys
from importlib.machinery import ModuleSpec

_hooks = {}


class Finder:
    def __init__(self):
        self.found = {"shop_orders": None}

    def find_spec(self, name, path=None, target=None):
        if name in self.found:
            return self.found[name]
        if name in _hooks:
            self.found[name] = ModuleSpec(name, _hooks[name])
            return self.found[name]
        return None


sys.meta_path.insert(0, Finder())
