import asyncio


def place(order: str) -> None:
    asyncio.run(asyncio.sleep(0, order))
