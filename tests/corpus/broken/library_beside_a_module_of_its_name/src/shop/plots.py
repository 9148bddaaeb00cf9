def plot() -> object:
    import matplotlib as mpl

    return mpl.figure()
