import warnings

try:
    import no_such_library
except ImportError:
    no_such_library = None
    warnings.warn("charts will not be drawn: install no_such_library")
