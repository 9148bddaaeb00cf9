TEXT: str
