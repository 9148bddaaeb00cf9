try:
    from shop._total import total
except ImportError:
    from shop._total_in_python import total

NOTHING = total([])
