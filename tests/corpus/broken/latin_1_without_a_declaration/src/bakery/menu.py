BREAD = 2
CAKE = "Käsekuchen"
