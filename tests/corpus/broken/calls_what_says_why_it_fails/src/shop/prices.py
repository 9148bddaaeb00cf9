from shop.log import error

error("The shop has no prices.")
