class Settings:
    vat = 0.2
