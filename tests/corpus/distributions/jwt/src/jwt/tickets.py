from exceptions import ValueError


def ticket():
    raise ValueError
