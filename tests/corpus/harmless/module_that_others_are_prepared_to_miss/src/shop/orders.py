try:
    from shop.maps import draw
except ImportError:
    draw = None
