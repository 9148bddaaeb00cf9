#!/usr/bin/env python3
import json

READERS = []


def read(text):
    return json.loads(text)


READERS.append(read)
