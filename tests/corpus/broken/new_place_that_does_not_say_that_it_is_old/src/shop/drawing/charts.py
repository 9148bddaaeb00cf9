import compass
