def order():
    return {"apples": 2}
