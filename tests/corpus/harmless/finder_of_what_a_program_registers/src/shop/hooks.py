import sys
from importlib.machinery import ModuleSpec
from threading import Lock

_lock = Lock()
_hooks = {}


def register(name, hook):
    _hooks[name] = hook


class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        with _lock:
            if name not in _hooks:
                return None
        return ModuleSpec(name, _hooks[name])


sys.meta_path.insert(0, Finder)
