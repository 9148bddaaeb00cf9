NAME = "stock"
