import asyncio


async def fetch():
    return {"adult": 4}


FARES = asyncio.run(fetch())
