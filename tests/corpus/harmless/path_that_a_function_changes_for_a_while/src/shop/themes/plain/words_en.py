TEXTS = {"tea": "Tea"}
