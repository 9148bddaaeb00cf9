VAT = {"at": 0.2, "de": 0.19}


class Rate:
    country = "at"
