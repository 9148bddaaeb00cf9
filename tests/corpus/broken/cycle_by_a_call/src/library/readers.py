def limit():
    from library.loans import overdue

    return 5 - len(overdue())
