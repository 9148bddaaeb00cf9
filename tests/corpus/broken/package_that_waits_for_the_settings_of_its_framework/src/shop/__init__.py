from django.conf import settings

LIMIT = settings.SHOP_LIMIT
