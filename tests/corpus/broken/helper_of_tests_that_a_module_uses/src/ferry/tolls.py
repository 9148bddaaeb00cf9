TOLLS = {"car": 9, "bicycle": 2}
