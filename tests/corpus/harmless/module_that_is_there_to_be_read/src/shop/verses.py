"""The rules of the shop."""

TEXT = """
Weigh twice, sell once.
"""

print(TEXT)
