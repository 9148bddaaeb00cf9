from shop.orders import orders


def main() -> None:
    print(*orders())
