import jwt


def ticket(passenger: str) -> object:
    return jwt.encode({"sub": passenger}, "key")
