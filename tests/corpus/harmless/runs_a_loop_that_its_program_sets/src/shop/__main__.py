import asyncio

from shop.sums import total

if __name__ == "__main__":
    asyncio.set_event_loop(asyncio.new_event_loop())
    print(total(3))
