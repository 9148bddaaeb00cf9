import tariff


def discount(fare: int) -> int:
    if fare < 100:
        return fare
    return fare - 5 * tariff.penny - tariff.cent
