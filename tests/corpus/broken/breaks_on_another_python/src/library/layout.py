import sys

OFFSETS = {(3, 11): 24}
OFFSET = OFFSETS[sys.version_info[:2]]
