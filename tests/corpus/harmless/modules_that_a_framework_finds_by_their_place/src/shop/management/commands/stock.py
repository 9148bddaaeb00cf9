from django.core.management.base import BaseCommand

from shop.prices import NET


class Command(BaseCommand):
    help = "Counts the stock."

    def handle(self, *args, **options):
        self.stdout.write(str(NET))
