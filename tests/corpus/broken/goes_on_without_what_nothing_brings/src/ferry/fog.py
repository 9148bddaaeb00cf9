from tides import high

try:
    import fog_horn
except ImportError:
    fog_horn = None

HIGH = high(), fog_horn
