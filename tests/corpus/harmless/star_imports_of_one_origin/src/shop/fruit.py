class Fruit:
    pass
