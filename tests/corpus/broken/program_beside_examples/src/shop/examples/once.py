from shop.reports import TEXT

print(TEXT)
