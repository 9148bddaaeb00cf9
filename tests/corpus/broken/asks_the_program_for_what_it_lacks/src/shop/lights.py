from ctypes import cdll

lights = cdll.LoadLibrary(None)
lights.shop_lights_on.restype = bool
