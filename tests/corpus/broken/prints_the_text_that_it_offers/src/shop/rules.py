TEXT = """
Weigh twice, sell once.
"""

print(TEXT)
