from ledger.ledger import Ledger
