try:
    from dials import NEEDLE
except ImportError:
    pass


def dial(needle=NEEDLE):
    return needle
