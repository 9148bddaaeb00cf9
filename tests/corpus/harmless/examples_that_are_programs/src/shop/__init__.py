def greeting() -> str:
    return "Good morning"
