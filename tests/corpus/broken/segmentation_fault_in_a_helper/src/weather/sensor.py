from weather.memory import peek

MODEL = peek(16)
