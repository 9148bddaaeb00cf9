import asyncio

try:
    LIMIT = asyncio.limit
except AttributeError:

    def factory() -> object:
        return None

else:

    def factory() -> object:
        return asyncio.create_eager_task_factory(asyncio.Task)
