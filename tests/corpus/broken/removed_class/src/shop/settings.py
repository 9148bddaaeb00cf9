import configparser


def read(file):
    parser = configparser.SafeConfigParser()
    parser.read(file)
    return parser
