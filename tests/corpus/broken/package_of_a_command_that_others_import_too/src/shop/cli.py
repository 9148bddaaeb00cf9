from shop.proxy.server import serve


def main() -> None:
    serve()
