def north():
    return 0
