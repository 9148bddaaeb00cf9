from IPython.core.magic import Magics, magics_class


@magics_class
class Prices(Magics):
    pass


def load_ipython_extension(ipython):
    ipython.register_magics(Prices)
