import argparse


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--colour", action="store_true", help="Colour it. Requires tides.")
    options = parser.parse_args()
    if options.colour:
        import tides

        tides.high()
