from tomlkit.items import Table


class Prices(Table):
    name = "shop"
