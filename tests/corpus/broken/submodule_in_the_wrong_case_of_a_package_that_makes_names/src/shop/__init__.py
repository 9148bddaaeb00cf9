import shop.orders

__all__ = []


def _hand_on(module):
    __all__.extend(module.__all__)
    for name in module.__all__:
        globals()[name] = getattr(module, name)


_hand_on(shop.orders)
