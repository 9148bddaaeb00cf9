from magnet import attract


class MagnetPlugin:
    pull = staticmethod(attract)
