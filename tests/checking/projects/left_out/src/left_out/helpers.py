WORDS = ["many", "words"]
