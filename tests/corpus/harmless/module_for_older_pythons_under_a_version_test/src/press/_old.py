import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from imghdr import what


def kind(picture: bytes) -> str | None:
    return what(None, picture)
