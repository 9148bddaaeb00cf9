from shop import Books


def main() -> None:
    Books.log.info("open")
