class Counting:
    def count(self):
        return 1


class Tea(Counting): ...


class Coffee(Counting): ...
