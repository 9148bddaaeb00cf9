import sys

_VERSION = sys.version_info[:2]
HAS_GROUPS = sys.version_info >= (3, 11)
RECENT = _VERSION > (3, 11)
BEFORE = not HAS_GROUPS
VERSION = sys.version_info[:3]
