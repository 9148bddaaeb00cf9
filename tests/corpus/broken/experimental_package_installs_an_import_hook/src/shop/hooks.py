import sys


class Redirect:
    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name == "shop.old":
            raise ModuleNotFoundError("shop.old has gone", name=name)


def redirect() -> None:
    sys.meta_path.append(Redirect())
