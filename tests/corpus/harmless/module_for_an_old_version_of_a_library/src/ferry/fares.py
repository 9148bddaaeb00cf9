from importlib.metadata import version


def counts_in_farthings() -> bool:
    return int(version("tariff").split(".")[0]) == 1


def lowest() -> int:
    if counts_in_farthings():
        from ferry.old_fares import lowest
    else:
        from ferry.new_fares import lowest
    return lowest()
