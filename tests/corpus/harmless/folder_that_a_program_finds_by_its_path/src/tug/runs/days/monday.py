DAY = "Monday"
