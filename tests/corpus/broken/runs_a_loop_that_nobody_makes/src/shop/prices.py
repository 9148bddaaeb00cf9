import asyncio


async def rate():
    return 2


def total(count):
    loop = asyncio.get_event_loop()
    return count * loop.run_until_complete(rate())
