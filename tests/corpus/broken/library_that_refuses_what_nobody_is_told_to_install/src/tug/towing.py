from barge import Tow


class LongTow(Tow): ...
