from noisy.calls import version

VERSION = version()
