"""`python -m scorer`: see `scorer.commands`."""

import sys

from scorer.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
