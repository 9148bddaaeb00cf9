import winreg


def main() -> None:
    print(winreg.HKEY_CURRENT_USER)
