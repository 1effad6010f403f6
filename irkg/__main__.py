"""``python -m irkg``."""

from irkg.cli import main

if __name__ == "__main__":
    main()
