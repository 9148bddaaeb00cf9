with open(__file__) as file:
    CARD = file.read()  # a café
