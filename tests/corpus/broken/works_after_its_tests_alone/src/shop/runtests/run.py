from shop.settings import SETTINGS

SETTINGS["currency"] = "EUR"


def main():
    import coverage

    coverage.Coverage().start()
