def tell(library: str, command: str) -> None:
    print(f"To pay you need to install {library}.")
    print()
    print(f"    {command}")
