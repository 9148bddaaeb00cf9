import locale


def language():
    return locale.getdefaultlocale()[0]
