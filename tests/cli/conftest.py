"""An installation of its own for every test, and a hand that types commands into it."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from cli.main import app
from settings import Settings

SECRET = "a secret of these tests, long enough for signing"
PAYLOAD_KEYS = "first:QSBrZXkgb2YgdGhlc2UgdGVzdHMsIDMyIGJ5dGVzLi4="
NOBODY = "127.0.0.1:1"
"""An address at which no Temporal server can listen."""


@dataclass(frozen=True)
class Said:
    """What a command has answered."""

    code: int
    out: str
    err: str


@dataclass
class Shell:
    """Types commands. `settings` are those that the commands see."""

    environment: dict[str, str]

    def run(self, *arguments: str | Path, typed: str | None = None) -> Said:
        """The answer to one command line; `typed` comes on stdin."""
        result = CliRunner().invoke(app, [str(one) for one in arguments], input=typed, env=self.environment)
        return Said(result.exit_code, result.stdout, result.stderr)

    @property
    def settings(self) -> Settings:
        """The settings that the commands see."""
        return Settings(
            var_dir=Path(self.environment["PATHFINDER_VAR_DIR"]),
            temporal_address=self.environment["PATHFINDER_TEMPORAL_ADDRESS"],
            temporal_namespace=self.environment["PATHFINDER_TEMPORAL_NAMESPACE"],
            payload_keys=SecretStr(self.environment["PATHFINDER_PAYLOAD_KEYS"]),
        )


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell in an empty folder, with no Temporal server."""
    monkeypatch.chdir(tmp_path)
    return Shell(
        {
            "PATHFINDER_VAR_DIR": str(tmp_path / "var"),
            "PATHFINDER_TEMPORAL_ADDRESS": NOBODY,
            "PATHFINDER_TEMPORAL_NAMESPACE": "default",
            "PATHFINDER_TOKEN_SECRET": SECRET,
            "PATHFINDER_PAYLOAD_KEYS": PAYLOAD_KEYS,
            "PATHFINDER_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'rows.db'}",
            "PATHFINDER_DOCUMENTS_URL": (tmp_path / "documents").as_uri(),
            "COLUMNS": "200",
        }
    )
