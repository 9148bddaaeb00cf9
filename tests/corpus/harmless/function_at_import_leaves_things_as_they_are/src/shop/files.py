try:
    import resource
except ImportError:
    resource = None


def keep_no_cores() -> None:
    if resource:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
