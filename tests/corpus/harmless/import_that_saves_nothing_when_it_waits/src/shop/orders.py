import asyncio
import json

LOCK = asyncio.Lock


def place(order: str) -> str:
    return json.dumps(order)
