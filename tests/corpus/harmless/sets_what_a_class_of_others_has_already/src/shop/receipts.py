from json import JSONEncoder

JSONEncoder.item_separator = ", "  # some versions have another one
