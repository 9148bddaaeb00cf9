project = "choir"
