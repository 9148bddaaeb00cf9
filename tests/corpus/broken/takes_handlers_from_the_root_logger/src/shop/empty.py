import logging

root = logging.getLogger()
root.handlers = []
logging.getLogger("asyncio").handlers.clear()
