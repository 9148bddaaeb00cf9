import ledger

ENTRIES = ledger.entries()
