def main(argv: list[str]) -> int:
    return len(argv)


def named(*, verbose: bool) -> int:
    return int(verbose)


async def serve() -> None:
    print("open")


class App:
    def run(self) -> None:
        print("open")
