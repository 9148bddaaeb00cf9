from importlib.abc import MetaPathFinder


class ReloadDetector(MetaPathFinder):
    """Notes what is imported, and finds none of it."""

    def __init__(self):
        self.seen = set()

    def find_spec(self, fullname, path=None, target=None):
        self.seen.add(fullname)


class NullFinder:
    @staticmethod
    def find_spec(*args, **kwargs):
        return None
