import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    warnings.filterwarnings("error", category=UserWarning)
    import json.tool
    import xml.dom


def quiet():
    warnings.filterwarnings("ignore", message="A true.*")


quiet()
