class Till:
    name = "drawer"
