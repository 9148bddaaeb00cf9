try:
    import meters
except ImportError:
    meters = None


def gauge(registry: meters.Registry):
    if meters is None:
        raise RuntimeError("gauges need shop[meters]")
    return registry.gauge("prices")
