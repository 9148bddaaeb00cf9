def child() -> int:
    import tariff

    if "penny" in tariff.__dict__:
        return 50 * tariff.penny
    else:
        return 50 * tariff.farthing


def senior() -> int:
    import tariff as prices

    return 60 * (prices.groat if "groat" in dir(prices) else prices.cent)
