def charge(amount: int) -> str:
    return f"{amount} by card"
