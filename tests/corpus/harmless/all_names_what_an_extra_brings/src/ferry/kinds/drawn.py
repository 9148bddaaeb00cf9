import compass


class Chart:
    north = compass
