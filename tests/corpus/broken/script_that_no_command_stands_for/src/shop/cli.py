from shop.prices import NET


def main():
    print(NET)
