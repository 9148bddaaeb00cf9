from shop.command import command


@command
def open_orders():
    """List what is open."""
