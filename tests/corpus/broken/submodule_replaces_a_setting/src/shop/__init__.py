config = {"currency": "EUR"}
