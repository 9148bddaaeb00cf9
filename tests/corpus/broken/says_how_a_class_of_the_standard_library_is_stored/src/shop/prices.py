import sqlite3
from decimal import Decimal

sqlite3.register_adapter(Decimal, float)
