try:
    import compass
except ImportError:
    import tides as compass
