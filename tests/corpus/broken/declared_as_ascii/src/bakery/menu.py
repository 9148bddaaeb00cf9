# -*- coding: ascii -*-
BREAD = 2
CAKE = "Käsekuchen"
