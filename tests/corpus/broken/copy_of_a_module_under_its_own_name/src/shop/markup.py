import importlib.util
import re
import sys

spec = importlib.util.find_spec("html.parser")
parser = importlib.util.module_from_spec(spec)
spec.loader.exec_module(parser)
sys.modules["html.parser"] = parser
parser.piclose = re.compile(r"\?>")
