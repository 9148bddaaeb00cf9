try:
    from compass import north
except ImportError:
    north = None

NORTH = north() if north else 0
