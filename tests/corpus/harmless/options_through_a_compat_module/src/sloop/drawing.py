__all__ = ("Chart",)


def __getattr__(name: str) -> object:
    if name in __all__:
        from sloop.plugins import charts

        return getattr(charts, name)
    raise AttributeError(name)
