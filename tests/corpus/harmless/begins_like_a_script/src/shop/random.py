CHOICES = ["tea"]
