def page() -> object:
    from ledger.page import Page

    return Page()


def book() -> object:
    import ledger

    return ledger.Book()
