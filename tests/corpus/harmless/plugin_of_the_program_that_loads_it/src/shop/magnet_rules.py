from magnet.plugins import Plugin


class Prices(Plugin):
    pass
