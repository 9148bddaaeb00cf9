def load_ipython_extension(ipython):
    from shop.magics import Prices

    ipython.register_magics(Prices)
