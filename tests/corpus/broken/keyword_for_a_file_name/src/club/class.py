BEGINNERS = ["Ann"]
