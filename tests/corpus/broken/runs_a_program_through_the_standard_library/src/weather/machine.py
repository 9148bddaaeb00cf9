import platform

PROCESSOR = platform.processor()
