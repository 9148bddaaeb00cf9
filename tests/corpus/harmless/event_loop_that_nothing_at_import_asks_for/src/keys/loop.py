import asyncio


class Keys:
    def __init__(self) -> None:
        self.loop = asyncio.get_event_loop()


def keys() -> Keys:
    return Keys()


async def main() -> None:
    keys()
