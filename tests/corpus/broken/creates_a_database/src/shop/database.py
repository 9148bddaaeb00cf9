import sqlite3
from pathlib import Path

connection = sqlite3.connect(Path.home() / "shop.db")
connection.execute("CREATE TABLE IF NOT EXISTS orders (name TEXT)")
connection.commit()
connection.close()
