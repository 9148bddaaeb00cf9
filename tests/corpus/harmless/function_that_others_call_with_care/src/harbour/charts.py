class Chart:
    def __init__(self) -> None:
        import cartographer

        self.sheet = cartographer.Sheet()


def printed() -> str:
    import cartographer

    return cartographer.text()
