def entries() -> list[str]:
    import ledger

    return ledger.entries()
