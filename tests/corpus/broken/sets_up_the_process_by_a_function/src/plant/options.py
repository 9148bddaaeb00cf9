import argparse


def parse() -> str:
    parser = argparse.ArgumentParser()
    parser.add_argument("--water", default="little")
    return vars(parser.parse_args())["water"]


WATER = parse()
