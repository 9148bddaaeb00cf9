#!/usr/bin/env python3
NET = 2
