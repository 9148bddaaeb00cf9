import sys
from pathlib import Path

sys.path.insert(0, str(Path.home() / "shop-plugins"))
