import mimetypes
from mimetypes import encodings_map

mimetypes.types_map[".order"] = "text/order"
mimetypes.types_map.update({".bill": "text/bill"})
encodings_map[".tea"] = "tea"


def add() -> None:
    mimetypes.types_map[".tin"] = "text/tin"
