import os
import sys


def prepare() -> str:
    os.environ["FERRY"] = "ready"
    sys.path.append("elsewhere")
    return "ready"
