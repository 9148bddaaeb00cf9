import fcntl


def lock(file):
    fcntl.flock(file, fcntl.LOCK_EX)
