"""Make a table of widths: python -m shop.widths.make_widths FONT."""


def make(font):
    from freetype import Face

    return Face(font)


if __name__ == "__main__":
    import sys

    print(make(sys.argv[1]))
