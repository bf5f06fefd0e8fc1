"""`python -m vgan_studio`."""

import sys

from vgan_studio.cli import main

if __name__ == "__main__":
    sys.exit(main())
