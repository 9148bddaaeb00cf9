import tariff

IS_OLD = tariff.__dict__.get("version", 2) < 2
UNIT = tariff.penny if hasattr(tariff, "penny") else tariff.cent


def child() -> int:
    try:
        return 50 * tariff.farthing
    except AttributeError:
        return 50 * tariff.cent


def senior() -> int:
    if IS_OLD:
        return 60 * tariff.groat
    return 60 * tariff.cent


def group() -> int:
    if not IS_OLD:
        return 30 * tariff.cent
    return 30 * tariff.florin
