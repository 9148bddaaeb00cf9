def mul(data, width, factor):
    return data * width * factor
