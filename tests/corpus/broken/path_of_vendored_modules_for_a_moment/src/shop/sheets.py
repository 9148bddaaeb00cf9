def entries() -> list[int]:
    from ledger import ENTRIES

    return ENTRIES
