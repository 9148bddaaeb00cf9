from collections import abc


class Prices:
    def of(self, names: "abc.Iterable[str]", table: abc.Mapping[str, int]) -> int:
        return sum(table[name] for name in names)
