# Copyright (c) 2016, The authors of tides
# All rights reserved.
#
# https://example.org/coast/tides

print("tides is free software")
