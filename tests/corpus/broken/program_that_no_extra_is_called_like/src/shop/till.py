import clickety


def main() -> None:
    clickety.run()
