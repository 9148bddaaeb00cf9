PRICE = "apples"


def apples():
    return PRICE


def demo():
    print(apples())


if __name__ == "__main__":
    demo()
