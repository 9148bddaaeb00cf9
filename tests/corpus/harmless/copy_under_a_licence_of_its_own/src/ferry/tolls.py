TOLLS = {"car": 9}
