import os

PLACE = os.environ.get("PAGER", "here")
os.environ["PAGER"] = PLACE
