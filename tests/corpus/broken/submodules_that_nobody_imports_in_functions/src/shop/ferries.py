import tides


def ferries() -> object:
    return tides.harbour.NAMES
