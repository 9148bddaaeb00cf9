#!/usr/bin/env python3
def read(file: str) -> list[str]:
    with open(file, encoding="utf-8") as orders:
        return orders.readlines()
