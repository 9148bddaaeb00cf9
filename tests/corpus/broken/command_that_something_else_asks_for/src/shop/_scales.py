from setuptools import Command


class Weigh(Command):
    description = "weigh what is built"
