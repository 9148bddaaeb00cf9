RATES = {"at": 0.20, "fr": 0.20}
VAT = RATES["de"]
