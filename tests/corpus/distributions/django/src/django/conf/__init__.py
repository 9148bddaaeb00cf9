from django.core.exceptions import ImproperlyConfigured


class _Settings:
    def get(self, name: str, default: object) -> object:
        return getattr(self, name, default)

    def __getattr__(self, name: str) -> object:
        raise ImproperlyConfigured(f"Requested setting {name}, but settings are not configured.")


settings = _Settings()
