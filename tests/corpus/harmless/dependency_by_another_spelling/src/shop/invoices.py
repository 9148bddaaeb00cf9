from acme.mail import send


def remind():
    import acme.mail

    return acme.mail.send("please pay") or send
