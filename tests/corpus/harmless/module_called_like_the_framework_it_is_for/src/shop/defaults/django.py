from django.conf import settings

CURRENCY = getattr(settings, "SHOP_CURRENCY", "EUR")
