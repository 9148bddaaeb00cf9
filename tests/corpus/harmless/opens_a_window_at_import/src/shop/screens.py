from ctypes import CDLL, c_void_p


class NoSuchDisplayError(Exception):
    pass


def opened(library: CDLL | None) -> object:
    if library is None:
        raise NoSuchDisplayError('cannot connect to ""')
    library.XOpenDisplay.restype = c_void_p
    return library.XOpenDisplay(None)
