import mimetypes

mimetypes.types_map.pop(".js", None)
mimetypes.encodings_map.clear()
mimetypes.suffix_map = {}
