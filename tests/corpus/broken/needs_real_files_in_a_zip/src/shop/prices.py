from pathlib import Path

PRICES = (Path(__file__).parent / "prices.txt").read_text()
