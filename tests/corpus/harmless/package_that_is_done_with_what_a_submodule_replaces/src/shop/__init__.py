from platform import version

SYSTEM = version()
