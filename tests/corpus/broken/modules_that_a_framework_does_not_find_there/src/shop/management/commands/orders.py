import magnet


class Command(magnet.Command):
    help = "Lists the orders."
