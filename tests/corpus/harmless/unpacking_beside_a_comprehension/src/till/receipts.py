def lines(receipts: list[list[str]]) -> list[str]:
    return [*receipts[0], *(line for receipt in receipts[1:] for line in receipt)]


def totals(*tables: dict[str, int]) -> dict[str, int]:
    return {**tables[0], **{name: total for table in tables[1:] for name, total in table.items()}}
