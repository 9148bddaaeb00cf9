def displayed(price: float | None) -> str:
    if price is None:
        raise ValueError("no price to display")
    return f"{price:.2f}"


TEA = displayed(None)


def main():
    print(TEA)
