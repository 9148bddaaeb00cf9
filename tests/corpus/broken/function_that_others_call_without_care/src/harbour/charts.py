class Chart:
    def __init__(self, name: str) -> None:
        import cartographer

        self.sheet = cartographer.sheet(name)
