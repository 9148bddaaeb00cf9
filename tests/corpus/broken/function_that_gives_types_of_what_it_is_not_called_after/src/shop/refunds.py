class Refunds:
    def __init__(self, due: list[str]) -> None:
        self.due = due

    def write_to_tollbooth(self, number: int) -> object:
        import tollbooth

        return tollbooth.Gate(number, self.due)
