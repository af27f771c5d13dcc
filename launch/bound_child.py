"""Becomes the command that it is given, after binding it to the life of its parent.

The supervisor starts every process through this file: should the supervisor be killed, even by SIGKILL, Linux
kills the process too. (Elsewhere the next start finds the process by its record: see leftovers.) It must stay
free of imports from this project: it runs without site packages, to be quick.

Usage: bound_child.py PARENT_PID COMMAND ARGUMENT...
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Bind, make sure that the parent did not die before that, and become the command."""
    parent, command = int(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) failed")
    if os.getppid() != parent:
        sys.exit("The supervisor ended before this process began.")
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()
