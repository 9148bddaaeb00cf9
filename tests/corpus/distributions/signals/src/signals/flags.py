class _Flags:
    def __getattr__(self, name):
        if name[:2] == "__":
            raise AttributeError(name)
        return name


flags = _Flags()
