import sys


def keep(importer: str, imported: str, names: object) -> bool:
    return importer.startswith("shop.") and not names and imported != "shop"


def begin() -> None:
    sys.set_lazy_imports_filter(keep)


begin()
