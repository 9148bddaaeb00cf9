import os
import sys


def is_compiling() -> bool:
    return sys._jit.is_enabled()


os.environ["SHOP_COMPILES"] = "1"
