NAME = "ferry"
