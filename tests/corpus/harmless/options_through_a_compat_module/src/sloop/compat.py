try:
    import needles

    HAS_NEEDLES = True
except ImportError:
    HAS_NEEDLES = False
