__lazy_modules__ = ["tabular"]

import tabular


def show(rows: list[list[str]]) -> str:
    return tabular.table(rows)
