class Order:
    def __getattr__(self, name):
        return name
