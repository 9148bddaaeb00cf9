from .prices import NET


def bar():
    return "#" * NET


if __name__ == "__main__":
    print(bar())
