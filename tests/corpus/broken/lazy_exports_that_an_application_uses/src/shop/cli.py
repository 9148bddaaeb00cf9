from shop import commands


def main() -> None:
    print(commands.buy(), commands.sell())
