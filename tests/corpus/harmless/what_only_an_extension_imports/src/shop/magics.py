from IPython.core.magic import Magics


class Prices(Magics):
    pass
