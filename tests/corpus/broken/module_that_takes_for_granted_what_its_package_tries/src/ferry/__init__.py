try:
    import sextant
except ImportError:
    sextant = None
