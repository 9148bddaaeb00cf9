type Price = float
