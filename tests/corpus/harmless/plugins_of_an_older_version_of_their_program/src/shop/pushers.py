from slipway import Tug


class Pusher(Tug):
    crew = 3
