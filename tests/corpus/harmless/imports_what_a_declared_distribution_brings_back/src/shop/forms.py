import cgi


def fields():
    return cgi.FieldStorage()
