from shop.log import log
from shop.output import write


def main() -> None:
    log.info("open")
    write(b"open")
