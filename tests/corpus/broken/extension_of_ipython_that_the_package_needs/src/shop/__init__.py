def load_ipython_extension(ipython):
    from shop.ipython import load_ipython_extension

    load_ipython_extension(ipython)


def show():
    from shop.ipython import Prices

    return Prices
