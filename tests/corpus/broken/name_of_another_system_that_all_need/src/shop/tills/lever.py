from shop.codes import Code, Result


class Till:
    code = Code(1)
    result = Result(1)
