from warehouse.stock import APPLES
