# -*- coding: latin-1 -*-
CAKE = "Käsekuchen"
