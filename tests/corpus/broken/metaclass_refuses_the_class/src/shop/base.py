class Page:
    def __init_subclass__(cls):
        cls.path = cls.route.strip("/")
