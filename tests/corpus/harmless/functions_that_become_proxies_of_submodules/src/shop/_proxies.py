import types


def stands_for(name):
    def made_of(load):
        class Proxy(types.ModuleType):
            def __getattr__(self, attribute):
                return getattr(load(), attribute)

        return Proxy(name)

    return made_of
