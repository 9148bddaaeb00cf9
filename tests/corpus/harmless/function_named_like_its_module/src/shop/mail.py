from shop import render

TEXT = render({"apple": 2})
