"""``python -m shopwright`` is the ``shopwright`` command."""

from shopwright.cli.main import main

if __name__ == "__main__":
    main()
