import sys

__lazy_modules__ = ["winreg"]
import winreg


def users() -> object:
    if sys.platform == "win32":
        return winreg.OpenKey(winreg.HKEY_CURRENT_USER, "locks")
    return None
