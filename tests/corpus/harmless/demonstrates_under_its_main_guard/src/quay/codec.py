def decode(data):
    return bytes(data)


def show(data):
    import easel_of_nobody

    easel_of_nobody.draw(decode(data))


if __name__ == "__main__":
    show(b"")
