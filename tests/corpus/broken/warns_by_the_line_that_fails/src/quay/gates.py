import warnings


class Gate:
    def __init__(self, width):
        self.width = self._checked(width)

    def _checked(self, width):
        warnings.warn("a gate without a width", UserWarning, stacklevel=1)
        return width + 1
