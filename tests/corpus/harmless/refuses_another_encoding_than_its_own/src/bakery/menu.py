import locale


def insist_on_utf_8() -> None:
    encoding = locale.getpreferredencoding(False)
    if encoding.lower() not in ("utf-8", "utf8"):
        raise SystemExit(f"The bakery needs UTF-8, and found {encoding}.")


insist_on_utf_8()
