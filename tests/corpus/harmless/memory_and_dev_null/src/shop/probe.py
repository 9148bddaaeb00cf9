import os
import sqlite3

with open(os.devnull, "w") as nowhere:
    nowhere.write("hello")
connection = sqlite3.connect(":memory:")
HAS_JSON = connection.execute("SELECT json('[1]')").fetchone()
connection.close()
