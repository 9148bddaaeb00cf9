async def kind(picture: bytes) -> str | None:
    return "png" if picture.startswith(b"\x89PNG") else None
