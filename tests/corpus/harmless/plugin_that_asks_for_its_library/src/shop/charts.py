try:
    from compass import north
except ImportError as error:
    raise ImportError("charts require compass installed") from error


class Chart:
    top = north()
