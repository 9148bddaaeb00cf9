from types import SimpleNamespace


class Clock:
    pass


NOW = SimpleNamespace()
setattr(Clock, "time", 0.0)
setattr(NOW, "time", 0.0)
