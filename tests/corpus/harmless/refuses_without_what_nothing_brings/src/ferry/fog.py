from tides import high

try:
    import fog_horn
except ImportError as error:
    raise ImportError("the fog needs fog_horn") from error

HIGH = high(), fog_horn.LOUD
