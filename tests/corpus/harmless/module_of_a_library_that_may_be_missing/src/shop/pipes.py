try:
    import win32file
except ImportError:
    win32file = None


def wait():
    import pywintypes

    return win32file, pywintypes.OVERLAPPED()
