import sys
from pathlib import Path

_CARRIED = str(Path(__file__).parent / "vendored")
if _CARRIED not in sys.path:
    sys.path.insert(0, _CARRIED)
