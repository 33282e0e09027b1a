"""Start here: `python3 packaging/bootstrap.py run [ARGS]` or `python3 packaging/bootstrap.py test [ARGS]`.

This file only makes sure that the interpreter is one the app runs on; it must stay readable by every old
Python, so that those get a sentence instead of a syntax error.  The work is in bootstrap_commands.py.
"""

import os
import sys

OLDEST, NEWEST = (3, 11), (3, 14)

if not OLDEST <= sys.version_info[:2] <= NEWEST:
    # Some systems call an old interpreter "python3" and have a newer one beside it.
    if os.name == "posix" and not os.environ.get("SDA_BOOTSTRAP_SEARCHED"):
        os.environ["SDA_BOOTSTRAP_SEARCHED"] = "1"
        for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
            for folder in os.environ.get("PATH", "").split(os.pathsep):
                candidate = os.path.join(folder, "python3." + str(minor))
                if os.access(candidate, os.X_OK):
                    os.execv(candidate, [candidate] + sys.argv)  # noqa: RUF005
    sys.stderr.write(
        "SDA Desktop needs Python 3.11, 3.12, 3.13 or 3.14; this is Python "
        + ".".join(str(part) for part in sys.version_info[:3])
        + ".\nInstall one of those and start with it, for example: python3.13 packaging/bootstrap.py run\n"
    )
    sys.exit(2)

os.environ.pop("SDA_BOOTSTRAP_SEARCHED", None)

from bootstrap_commands import main  # noqa: E402  (only an interpreter that passed the check can read it)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
