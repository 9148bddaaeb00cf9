try:
    import signals.lights.green as green
except ModuleNotFoundError:
    green = None
