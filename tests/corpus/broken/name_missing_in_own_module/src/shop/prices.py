def net_price(gross):
    return gross / 1.2
