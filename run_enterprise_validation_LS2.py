"""The validation under the name it was first asked for; it only calls ``shopwright validate``."""

import sys

from shopwright.cli.main import main

if __name__ == "__main__":
    sys.argv[1:] = ["validate", *("--full" if word == "--full-validation" else word for word in sys.argv[1:])]
    main()
