import os
import sys


def thaw() -> None:
    import parts_of_the_program

    parts_of_the_program.install()
    os.environ["SHOP_PARTS"] = sys._MEIPASS


if "--thaw" in sys.argv:
    thaw()
os.environ["SHOP_IS_FROZEN"] = "1"
