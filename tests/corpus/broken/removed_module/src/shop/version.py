from distutils.version import LooseVersion

VERSION = LooseVersion("1.2")
