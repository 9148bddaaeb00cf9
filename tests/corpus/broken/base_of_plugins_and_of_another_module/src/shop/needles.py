from compass import north


class Needle:
    top = north()
