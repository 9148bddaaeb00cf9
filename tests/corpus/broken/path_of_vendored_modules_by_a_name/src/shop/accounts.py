def opened():
    from ledger import Ledger

    return Ledger()
