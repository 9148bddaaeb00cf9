from slipway.hulls import Tug


class ShopTug(Tug):
    crew = 2
