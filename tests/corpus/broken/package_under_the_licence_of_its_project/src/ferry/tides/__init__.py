# Copyright (c) 2016, The authors of tides
# All rights reserved.
#
# https://example.org/harbour/tides

print("tides is free software")
