def main():
    return 0


class Shop:
    @staticmethod
    def open():
        return 0
