import json

if not hasattr(json, "loads"):
    json.loads = eval
if __name__ == "__main__":
    json.dumps = repr
