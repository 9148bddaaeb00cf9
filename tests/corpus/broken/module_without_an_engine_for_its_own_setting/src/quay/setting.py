ENGINE = "hand"
