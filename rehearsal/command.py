"""`pathfinder rehearse`: plays one scenario and says how it went."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from cli.terminal import progress
from rehearsal.playing import Played, play
from rehearsal.printing import as_json, as_lines
from rehearsal.script import Script, read_script
from rehearsal.yaml_lines import Unreadable

AS_EXPECTED, DIFFERENT, UNREADABLE, CANNOT = 0, 1, 2, 3


def run(path: Path, as_json: bool) -> int:
    """Plays the scenario in a file. The play goes to standard output, what is wrong with it to standard error.

    Returns 0: all as expected; 1: something expected is not met; 2: the scenario cannot be read; 3: it cannot be
    played to its end.
    """
    script = _read(path)
    if script is None:
        return UNREADABLE
    try:
        with progress(f"Rehearsing {script.country}") as show:
            played = asyncio.run(play(script, progress=show))
    except RuntimeError as error:  # CannotPlay, NoServerBinary, or a server that does not start
        _say(f"{path}: {error}")
        return CANNOT
    except ValueError as error:
        _say(f"{path}: line {script.start_line}: {error}")
        return UNREADABLE
    _show(played, in_json=as_json)
    return DIFFERENT if played.differences else AS_EXPECTED


def _read(path: Path) -> Script | None:
    try:
        return read_script(path.read_text(encoding="utf-8"))
    except OSError as error:
        _say(f"{path}: cannot be read: {error.strerror or error}")
    except UnicodeDecodeError:
        _say(f"{path}: is not UTF-8 text")
    except Unreadable as error:
        for line, what in error.problems:
            _say(f"{path}:{line}: {what}" if line else f"{path}: {what}")
    return None


def _show(played: Played, *, in_json: bool) -> None:
    if in_json:
        print(json.dumps(as_json(played), ensure_ascii=False, indent=2))
    else:
        print("\n".join(as_lines(played)))


def _say(what: str) -> None:
    print(what, file=sys.stderr)
