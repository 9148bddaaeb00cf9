"""Says what to eat.

    python -m shop.report
"""

import random

if __name__ == "__main__":
    print(random.choice(["apple", "pear"]))
