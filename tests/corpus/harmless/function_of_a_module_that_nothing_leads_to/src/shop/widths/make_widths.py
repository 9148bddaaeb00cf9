def make(font):
    from freetype import Face

    return Face(font)
