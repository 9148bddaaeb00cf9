from django.conf import settings

LIMIT = settings.get("TILL_LIMIT")
