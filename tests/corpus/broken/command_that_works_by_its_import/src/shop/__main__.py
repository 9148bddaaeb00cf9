import sys

from shop.command import main

sys.exit(main())
