"""The package has become a part of almanac, and its name leads there."""

import sys

import almanac

sys.modules[__name__] = almanac
