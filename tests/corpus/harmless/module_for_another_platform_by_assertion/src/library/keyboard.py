import os

if os.name == "nt":
    from library.keys_of_windows import key
else:

    def key():
        return input()
