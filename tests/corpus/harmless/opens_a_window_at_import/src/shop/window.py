from shop.screens import opened

SCREEN = opened(None)


def main():
    print(SCREEN)
