from json import JSONEncoder

JSONEncoder.item_separator = ","
