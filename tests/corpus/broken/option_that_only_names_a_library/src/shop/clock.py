from argparse import ArgumentParser


def options() -> ArgumentParser:
    parser = ArgumentParser()
    parser.add_argument("--times", help="Tell what takes time. It asks barometer "
        "for that.")
    return parser


def run() -> None:
    if options().parse_args().times:
        import barometer

        barometer.start()
