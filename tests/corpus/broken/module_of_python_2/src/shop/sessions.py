def session():
    import cookielib

    return cookielib.CookieJar()
