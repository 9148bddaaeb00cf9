def call():
    return 1
