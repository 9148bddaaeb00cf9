def weighed(distribution: object, keyword: str, value: object) -> None:
    _build(distribution)


def _build(distribution: object) -> None:
    from setuptools.command.build_py import build_py

    build_py(distribution).finalize_options()
