import sys


class Redirect:
    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        return None


def redirect() -> None:
    sys.meta_path.append(Redirect())
