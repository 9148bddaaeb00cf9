KINDS = ["green"]
