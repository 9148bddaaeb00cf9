import argparse


def watch() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--colour", action="store_true", help="Colour it.")
    options = parser.parse_args()
    if options.colour:
        import tides

        print("Asked the tides for colours.")
        tides.high()


def water() -> int:
    print("Asking the tides for water.")
    import tides

    return tides.high()
