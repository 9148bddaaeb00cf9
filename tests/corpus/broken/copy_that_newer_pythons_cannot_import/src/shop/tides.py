"""Tides of all harbours, in one file.

Copyright (c) 2016, A. Sailor. License: MIT.
"""

__author__ = "A. Sailor <sailor@example.org>"
__version__ = "3.7"

from distutils.version import LooseVersion

VERSION = LooseVersion(__version__)
