__all__ = ["gross_price", "net_price"]


def gross_price(net):
    return net * 1.2
