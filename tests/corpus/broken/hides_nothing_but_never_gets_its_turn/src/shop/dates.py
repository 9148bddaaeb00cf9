from datetime import date

FIRST = date(2026, 5, 1)
