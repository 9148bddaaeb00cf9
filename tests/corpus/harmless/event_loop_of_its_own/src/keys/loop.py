import asyncio


def loop() -> asyncio.AbstractEventLoop:
    return asyncio.get_event_loop()
