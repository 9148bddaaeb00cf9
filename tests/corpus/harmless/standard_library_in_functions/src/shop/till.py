def waiting() -> object:
    from asyncio import Queue

    return Queue()


def price(text: str) -> object:
    from decimal import Decimal

    return Decimal(text)


def window() -> object:
    from tkinter import Tk

    return Tk()


def screen() -> object:
    from curses import initscr

    return initscr()


def parsed(text: str) -> object:
    from xml import etree
    from xml.etree import ElementTree

    return etree, ElementTree.fromstring(text)


def pool() -> object:
    from concurrent import futures
    from multiprocessing import Queue

    return futures, Queue()
