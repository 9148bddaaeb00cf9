import shop.models


class Store(shop.models.Base):
    pass
