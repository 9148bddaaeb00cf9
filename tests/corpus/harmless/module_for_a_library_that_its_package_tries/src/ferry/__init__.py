try:
    import sextant
except ImportError:
    sextant = None
else:
    from ferry.sextants import MEASURED
