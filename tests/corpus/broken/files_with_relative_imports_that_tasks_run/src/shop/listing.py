"""Run it with Python."""

if __name__ == "__main__":
    from .prices import PRICES

    print(PRICES)
