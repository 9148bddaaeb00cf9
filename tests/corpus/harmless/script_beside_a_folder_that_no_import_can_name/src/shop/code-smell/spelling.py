import os
import subprocess
import sys


def main() -> None:
    inside = os.path.join(os.path.dirname(__file__), "spelling")
    subprocess.run([sys.executable, "-m", "pydoc"], env={**os.environ, "PYTHONPATH": inside})


if __name__ == "__main__":
    main()
