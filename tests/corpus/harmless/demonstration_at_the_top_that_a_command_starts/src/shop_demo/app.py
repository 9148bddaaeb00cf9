def main() -> None:
    print("Welcome")
