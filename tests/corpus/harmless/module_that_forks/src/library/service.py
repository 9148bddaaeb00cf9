import os
import pwd


def detach(user):
    if os.fork():
        os._exit(0)
    os.setsid()
    os.setuid(pwd.getpwnam(user).pw_uid)
