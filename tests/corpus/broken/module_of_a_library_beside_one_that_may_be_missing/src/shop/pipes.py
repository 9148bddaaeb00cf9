try:
    import easel
except ImportError:
    easel = None


def wait():
    import pywintypes

    return easel, pywintypes.OVERLAPPED()
