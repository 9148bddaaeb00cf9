STEPS = ["prices"]
