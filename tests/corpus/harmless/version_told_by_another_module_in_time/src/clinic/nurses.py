import clinic._compat
from clinic import _compat as pythons

Several = ExceptionGroup if clinic._compat.HAS_GROUPS else ValueError


def read(text: str) -> object:
    if pythons.BEFORE:
        return text
    import tomllib

    return tomllib.loads(text)
