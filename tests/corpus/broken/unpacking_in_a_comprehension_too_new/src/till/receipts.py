def lines(receipts: list[list[str]]) -> list[str]:
    return [*receipt for receipt in receipts]
