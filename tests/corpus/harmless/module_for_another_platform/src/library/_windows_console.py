import msvcrt
from ctypes import windll

WIDTH = windll.kernel32.GetConsoleOutputCP()


def key():
    return msvcrt.getch()
