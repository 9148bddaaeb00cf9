import fcntl
import pwd


def lock(file):
    fcntl.flock(file, fcntl.LOCK_EX)
    return pwd
