try:
    import resource
except ImportError:
    resource = None

if resource:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
