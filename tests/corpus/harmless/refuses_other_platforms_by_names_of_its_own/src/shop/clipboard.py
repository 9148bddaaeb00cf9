from shop.systems import platform

if platform != "win":
    raise SystemError("this clipboard is another system's")

import ctypes

USER = ctypes.windll.user32
