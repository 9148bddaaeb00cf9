patterns = ["/"]
