try:
    from slipway.hulls import Tug
except ImportError:
    from slipway.tugs import Tug


class ShopTug(Tug):
    crew = 2
