try:
    import nothing_of_nobody
    from signals.extra import *
except ImportError:
    pass
