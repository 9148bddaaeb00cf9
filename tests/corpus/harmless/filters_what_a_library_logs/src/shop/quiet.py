import logging


class WithoutSlowCallbacks:
    def filter(self, record: logging.LogRecord) -> bool:
        return not record.getMessage().startswith("Executing ")


logging.getLogger("asyncio").addFilter(WithoutSlowCallbacks())
