from shop.stock import STOCK


class Command:
    def handle(self, *args, **options):
        return sum(STOCK.values())
