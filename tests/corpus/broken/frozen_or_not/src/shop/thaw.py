import os
import sys

PARTS = sys._MEIPASS if hasattr(sys, "_MEIPASS") else os.getcwd()


def thaw() -> None:
    import parts_of_nobody

    parts_of_nobody.install(PARTS)


os.environ["SHOP_PARTS"] = PARTS
