import platform


def start():
    return platform.android_ver()
