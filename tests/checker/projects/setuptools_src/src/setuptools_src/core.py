from importlib.metadata import version

VERSION = version("setuptools-src")
