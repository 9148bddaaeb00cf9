NAMES = ["harbour", "hill"]
