import asyncio


async def rate():
    return 2


def total(count):
    """Return what the caller awaits: a loop runs."""
    loop = asyncio.get_event_loop()
    return loop.run_in_executor(None, abs, count)
