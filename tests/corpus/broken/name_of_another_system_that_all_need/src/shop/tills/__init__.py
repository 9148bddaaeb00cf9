from shop.tills import drawer, lever

TILLS = {"drawer": drawer.Till, "lever": lever.Till}
