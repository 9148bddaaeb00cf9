from json import JSONDecoder


class Till(JSONDecoder):
    pass
