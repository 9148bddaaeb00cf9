from shop._old import retired

retired("tills")
