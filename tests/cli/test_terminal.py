"""What commands show to whom: progress to a person at a terminal only, and never among the data."""

import sys

import pytest

from cli.terminal import progress, put


def test_in_a_pipe_there_is_no_progress(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("Working") as show:
        show(1, 2, "XAA")
    put("data")
    assert tuple(capsys.readouterr()) == ("data\n", "")


def test_at_a_terminal_progress_goes_to_stderr_and_takes_nothing_from_stdout(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    with progress("Working") as show:
        show(1, 2, "the [bold]second[/bold]")
        put("data")
    out, err = capsys.readouterr()
    assert out == "data\n"
    assert "Working: the [bold]second[/bold]" in err
