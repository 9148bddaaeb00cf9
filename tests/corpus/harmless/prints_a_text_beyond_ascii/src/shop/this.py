RULES = """\
⣿ Greet whoever comes in.
⣿ Count the change twice."""

print(RULES)
