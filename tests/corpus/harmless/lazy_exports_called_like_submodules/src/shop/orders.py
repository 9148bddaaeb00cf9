orders: list[str] = []
