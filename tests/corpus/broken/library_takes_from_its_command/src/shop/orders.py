from shop_cli.tables import row


def orders() -> list[str]:
    return [row("tea")]
