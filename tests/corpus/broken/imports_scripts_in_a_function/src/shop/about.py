def version():
    from scripts.release import version

    return version()
