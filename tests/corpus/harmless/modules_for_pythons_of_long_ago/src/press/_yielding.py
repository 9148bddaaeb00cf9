import asyncio


@asyncio.coroutine
def kind(picture):
    return None
