from shop.waiting import Waiting

DOOR = Waiting()
