import asyncio

try:
    asyncio.eager_task_factory
except AttributeError:

    def factory() -> object:
        return None

else:

    def factory() -> object:
        return asyncio.create_eager_task_factory(asyncio.Task)
