"""An exception as plain data: nothing of it can fail, whatever its class does."""

from .own_names import without_own_names

Frame = tuple[str, int | None]


def described(error: BaseException) -> dict[str, object]:
    """Return class, text, stack and what an import missed."""
    return {
        "error": type(error).__name__,
        "defined_in": _home(error),
        "exits": isinstance(error, SystemExit),
        "import_error": isinstance(error, ImportError),
        "message": _text(error),
        "missing": _missing(error),
        "source": _source(error),
        "frames": stack(error),
    }


def _home(error: BaseException) -> str:
    """Return the module that an exception's class says it is of."""
    try:
        module = type(error).__module__
    except BaseException:  # noqa: BLE001 (a class may refuse every attribute)
        return ""
    return module if type(module) is str else ""


def stack(error: BaseException) -> list[Frame]:
    """Return the files and lines that an exception has come through, the innermost last."""
    frames: list[Frame] = []
    step = error.__traceback__
    while step is not None:
        frames.append((step.tb_frame.f_code.co_filename, step.tb_lineno))
        step = step.tb_next
    if isinstance(error, SyntaxError) and isinstance(error.filename, str):
        frames.append((error.filename, error.lineno))
    return frames


def _text(error: BaseException) -> str:
    try:
        text = str(error).encode("utf-8", "backslashreplace").decode()
        return without_own_names(text)
    except BaseException:  # noqa: BLE001 (an exception may fail at telling what it is)
        return ""


def _missing(error: BaseException) -> str | None:
    name = error.name if type(error) is ModuleNotFoundError else None
    return str(name) if type(name) is str else None


def _source(error: BaseException) -> str | None:
    """Return the module that an ImportError or an AttributeError found something missing in."""
    try:
        if isinstance(error, ImportError):
            name = error.name
        else:
            name = getattr(getattr(error, "obj", None), "__name__", None)
    except BaseException:  # noqa: BLE001 (an object may refuse every attribute)
        return None
    return name if type(name) is str else None
