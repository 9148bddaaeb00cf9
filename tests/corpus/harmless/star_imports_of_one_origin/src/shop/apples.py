from shop.fruit import Fruit

APPLE = Fruit()
