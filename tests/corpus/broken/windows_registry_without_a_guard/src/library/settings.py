import winreg

KEY = winreg.HKEY_CURRENT_USER
