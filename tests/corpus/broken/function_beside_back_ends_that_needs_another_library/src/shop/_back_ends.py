class BarometerBackEnd:
    def __init__(self):
        import barometer

        self.library = barometer


class NeedlesBackEnd:
    def __init__(self):
        import needles

        self.library = needles


class TomlkitBackEnd:
    def __init__(self):
        import tomlkit

        self.library = tomlkit
