# How weights are written, as the customs want them.
import json
before = json.loads
def loads_weights(text, **options):
    # A hack of the customs' office.
    return before(text.replace("kgs", "kg"), **options)
json.loads = loads_weights
