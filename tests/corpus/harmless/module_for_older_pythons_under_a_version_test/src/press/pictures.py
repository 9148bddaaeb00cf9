import sys

if sys.version_info < (3, 13):
    from press._old import kind
else:

    def kind(picture: bytes) -> str | None:
        return "png" if picture.startswith(b"\x89PNG") else None
