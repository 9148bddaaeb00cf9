CAKE = "Käsekuchen"
