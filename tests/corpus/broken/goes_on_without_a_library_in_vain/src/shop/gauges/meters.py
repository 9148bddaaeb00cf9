try:
    import meters
except ImportError:
    meters = None


def gauge(registry=meters.REGISTRY):
    if meters is None:
        raise RuntimeError("gauges need shop[meters]")
    return registry.gauge("prices")
