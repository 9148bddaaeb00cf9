NAMES = ("north", "south")


class Harbour: ...
