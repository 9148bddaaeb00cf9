def total(count):
    import prices

    return count * prices.NET
