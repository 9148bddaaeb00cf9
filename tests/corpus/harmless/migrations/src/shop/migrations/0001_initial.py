STEPS = ["orders"]
