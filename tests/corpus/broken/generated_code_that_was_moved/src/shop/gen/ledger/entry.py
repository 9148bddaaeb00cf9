def page() -> object:
    from ledger.page import Page

    return Page()
