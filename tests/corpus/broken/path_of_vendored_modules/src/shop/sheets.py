import sys

if sys.version_info < (3, 11):
    import folios
else:
    folios = None


def size() -> int:
    from pages import SIZE

    return SIZE
