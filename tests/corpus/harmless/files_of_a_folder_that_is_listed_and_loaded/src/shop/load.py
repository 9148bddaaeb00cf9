import os
from importlib.util import module_from_spec, spec_from_file_location

FOLDER = os.path.dirname(__file__) + "/lists"


def load():
    for file in os.listdir(FOLDER):
        spec = spec_from_file_location(file.removesuffix(".py"), f"{FOLDER}/{file}")
        spec.loader.exec_module(module_from_spec(spec))
