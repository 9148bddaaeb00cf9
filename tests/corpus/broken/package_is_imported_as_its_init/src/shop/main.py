from .__init__ import VERSION


def main() -> None:
    print(VERSION)
