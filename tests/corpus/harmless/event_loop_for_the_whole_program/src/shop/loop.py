import asyncio
import selectors

LOOP = asyncio.new_event_loop()
SELECTOR = selectors.DefaultSelector()
