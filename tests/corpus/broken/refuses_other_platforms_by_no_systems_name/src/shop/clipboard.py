from shop.systems import platform

if platform != "market":
    raise SystemError("this clipboard is for the market")

import ctypes

USER = ctypes.windll.user32
