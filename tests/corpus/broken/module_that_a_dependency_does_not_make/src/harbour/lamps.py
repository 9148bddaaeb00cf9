import signals.lights.green

GREEN = signals.lights.green
