import warnings


def quiet():
    warnings.filterwarnings("ignore", message="A true.*")


quiet()
