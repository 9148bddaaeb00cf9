from library.service import detach


def keep(user):
    detach(user)
