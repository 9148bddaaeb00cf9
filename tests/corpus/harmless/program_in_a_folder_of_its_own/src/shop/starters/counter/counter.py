from counter_prices import total

print(total(2))
