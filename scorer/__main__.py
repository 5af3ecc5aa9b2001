"""`python -m scorer`: see `scorer.cli`."""

import sys

from scorer.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
