PRICE = "pears"


def pears():
    return PRICE


def demo():
    print(pears())


if __name__ == "__main__":
    demo()
