TEXT = """
Weigh twice, sell once.
"""

print(TEXT)


def verse() -> str:
    return TEXT
