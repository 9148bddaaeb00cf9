from ctypes import cdll, util

lights = cdll.LoadLibrary(util.find_library("shoplights"))
lights.shop_lights_on.restype = bool
