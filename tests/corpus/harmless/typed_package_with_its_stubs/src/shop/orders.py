try:
    from shop._total import total
except ImportError:
    total = sum
