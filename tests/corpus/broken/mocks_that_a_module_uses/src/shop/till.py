class Till:
    def __init__(self) -> None:
        self.roll = open(__file__, encoding="utf-8")


def open_till() -> Till:
    return Till()
