from shop.commands.buy import buy


def main() -> None:
    print(buy())
