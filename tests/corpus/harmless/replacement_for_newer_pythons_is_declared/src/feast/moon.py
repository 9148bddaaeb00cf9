import sys

if sys.version_info >= (3, 13):
    import almanac
else:
    import wave as almanac
OPEN = almanac.__name__
