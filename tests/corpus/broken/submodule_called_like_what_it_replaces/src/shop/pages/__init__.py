from xml.sax import saxutils


def as_text(name):
    return saxutils.escape(name)
