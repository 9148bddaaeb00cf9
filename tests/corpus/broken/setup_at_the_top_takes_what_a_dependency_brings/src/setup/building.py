import tides

HIGH = tides.high()


def main() -> None:
    print(HIGH)
