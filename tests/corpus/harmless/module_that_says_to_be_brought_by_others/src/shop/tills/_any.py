from shop.tills import kind

if kind.KIND == "drawer":
    HEIGHT = 2
else:
    raise RuntimeError("Module tills._any should not be imported directly.")
