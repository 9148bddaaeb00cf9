def banner(text):
    line = "-" * len(text)
    print(line, text, line)


banner("shop")
