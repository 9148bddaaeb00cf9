import asyncio


async def rate():
    return 2


def total(count):
    return asyncio.get_event_loop().run_until_complete(rate()) * count
