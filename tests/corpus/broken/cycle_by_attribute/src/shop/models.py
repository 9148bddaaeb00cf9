import shop.core


class Base:
    pass
