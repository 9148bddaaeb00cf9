COUNTRIES = ("at", "de", "fr")
for country in COUNTRIES[:2]:
    globals()[f"vat_{country}"] = 0.2
__all__ = [f"vat_{country}" for country in COUNTRIES]
