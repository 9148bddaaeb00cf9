from shop import gross


def total(nets: list[float]) -> float:
    return sum(map(gross, nets))
