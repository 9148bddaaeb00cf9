import asyncio
import sys


async def rate():
    return 2


def total():
    if sys.version_info >= (3, 14):
        return asyncio.run(rate())
    return asyncio.get_event_loop().run_until_complete(rate())
