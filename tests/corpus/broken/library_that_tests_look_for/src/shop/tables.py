def kinds() -> list[object]:
    import ledgers

    return [ledgers.Kind]
