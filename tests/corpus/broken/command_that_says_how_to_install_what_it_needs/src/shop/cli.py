try:
    import easel
except ImportError as error:
    raise RuntimeError("the command shop needs easel: pip install easel") from error


def main() -> None:
    easel.open()
