import os


class HornMissingError(ImportError):
    pass


def horn():
    if not os.environ.get("FERRY_HORN"):
        raise HornMissingError("no horn")
