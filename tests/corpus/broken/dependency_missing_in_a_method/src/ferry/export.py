class Exports:
    class Chart:
        def draw(self, coloured):
            if coloured:
                from compass.colours import red

                return red
            return None
