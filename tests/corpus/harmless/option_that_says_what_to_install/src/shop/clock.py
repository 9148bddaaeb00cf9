from argparse import ArgumentParser


def options() -> ArgumentParser:
    parser = ArgumentParser()
    parser.add_argument("--times", help="Tell what takes time. This requires barometer "
        "to be installed.")
    return parser


def run() -> None:
    if options().parse_args().times:
        import barometer

        barometer.start()
