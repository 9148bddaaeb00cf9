"""Plugins under a name of their own: `import shop_plugins.mail` finds `shop_mail`."""

import sys
from importlib.util import find_spec


class PluginFinder:
    def find_spec(self, name, path=None, target=None):
        return find_spec(name.replace("plugins.", "")) if name.startswith("shop_plugins.") else None

    def find_module(self, name, path=None):
        return None


class OldFinder:
    def find_module(self, name, path=None):
        return None


OLD = OldFinder()


def install():
    if sys.version_info < (3, 12):
        sys.meta_path.append(OLD)
    else:
        sys.meta_path.append(PluginFinder())


def uninstall():
    sys.meta_path.remove(OLD)
