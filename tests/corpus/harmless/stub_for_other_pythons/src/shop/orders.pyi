OFFER: str
