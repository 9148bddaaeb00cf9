Rate = int
