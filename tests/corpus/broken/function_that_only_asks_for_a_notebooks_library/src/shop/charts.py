def show(rows: list[str]) -> None:
    from IPython import get_ipython

    print("\n".join(rows), get_ipython())


def notebook_pages(rows: list[str]) -> object:
    """Write rows for a notebook."""
    import tailformat

    return tailformat.pages(rows)
