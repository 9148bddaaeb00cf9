"""Which names a module of Python source certainly does not have."""

import re
from pathlib import Path

# Signs that a module gets names by other means than statements that bind them.
_DYNAMIC = re.compile(
    r"__getattr__|globals\(|vars\(|locals\(|setattr\(|exec\(|sys\.modules|__dict__|import \*"
    r"|lazy|apipkg|__path__"
)


def lacks(file: Path, name: str) -> bool:
    """Return whether a module certainly has no such name: better silent than wrong.

    Args:
        file: Of the module. Only of one in Python that nowhere mentions the name is this certain,
            and only when it makes no names as it runs.
        name: That somebody would import from it.
    """
    if file.suffix != ".py":
        return False
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    return not (_DYNAMIC.search(text) or re.search(rf"\b{re.escape(name)}\b", text))
