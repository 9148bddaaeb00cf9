import asyncio

RUN = asyncio.run
