"""The settings: what they are derived from, what they refuse, and what they never show."""

from __future__ import annotations

from pathlib import Path

import pytest

from connection.guarded import secret_variables
from settings import Settings, SettingsError, load_settings

SECRET = "a-long-enough-secret-that-nobody-may-ever-see"


def test_everything_is_derived_from_the_folder_and_the_ports(tmp_path: Path) -> None:
    settings = Settings(var_dir=tmp_path, temporal_port=7000, api_port=9000)
    assert settings.temporal_address == "127.0.0.1:7000"
    assert settings.public_url == "http://127.0.0.1:9000"
    assert settings.database_url == f"sqlite+aiosqlite:///{tmp_path}/pathfinder.db"
    assert settings.documents_url == f"file://{tmp_path}/documents"


@pytest.mark.parametrize(
    ("variable", "value", "setting", "expected"),
    [
        ("TEMPORAL_ADDRESS", "temporal:7233", "temporal_address", "temporal:7233"),
        ("PATHFINDER_TEMPORAL_ADDRESS", "temporal:7233", "temporal_address", "temporal:7233"),
        ("TEMPORAL_NAMESPACE", "countries", "temporal_namespace", "countries"),
        ("DATABASE_URL", "postgres://u:p@db/x", "database_url", "postgresql+psycopg://u:p@db/x"),
        ("DATABASE_URL", "sqlite:////tmp/x.db", "database_url", "sqlite+aiosqlite:////tmp/x.db"),
        ("SMTP_HOST", "mail.example.org", "smtp_host", "mail.example.org"),
        ("PATHFINDER_SMTP_PORT", "2525", "smtp_port", 2525),
        ("PATHFINDER_IMAP_HOST", "imap.example.org", "imap_host", "imap.example.org"),
        ("PATHFINDER_IMAP_SECURITY", "starttls", "imap_security", "starttls"),
        ("PATHFINDER_RETURN_PATH", "bounces+{token}@x.example", "return_path", "bounces+{token}@x.example"),
        ("SAMPLE", "0", "sample", False),
        ("PATHFINDER_SAMPLES_ALLOWED", "false", "samples_allowed", False),
        ("PUBLIC_URL", "https://pathfinder.example.org/", "public_url", "https://pathfinder.example.org"),
        ("PATHFINDER_API_PORT", "", "api_port", 8000),
    ],
)
def test_the_environment_sets_it(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, setting: str, expected: object
) -> None:
    monkeypatch.setenv(variable, value)
    assert getattr(load_settings(), setting) == expected


def test_our_own_name_wins_over_the_conventional_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", "theirs:1")
    monkeypatch.setenv("PATHFINDER_TEMPORAL_ADDRESS", "ours:2")
    assert load_settings().temporal_address == "ours:2"


@pytest.mark.parametrize(
    ("variable", "value", "advice"),
    [
        ("PATHFINDER_API_PORT", "70000", "65535"),
        ("PATHFINDER_TEMPORAL_ADDRESS", "localhost", "host:port"),
        ("PATHFINDER_DATABASE_URL", "mysql://user:hunter2@db/x", "postgresql+psycopg://"),
        ("PATHFINDER_DOCUMENTS_URL", "ftp://x", "s3://"),
        ("PATHFINDER_TOKEN_SECRET", "hunter2", "32 characters"),
        ("PATHFINDER_RETURN_PATH", "hunter2+{token}{token}@x.example", "bounces+{token}@example.org"),
        ("PATHFINDER_RETURN_PATH", "hunter2\r\n@x.example", "bounces@example.org"),
        ("PATHFINDER_IMAP_SECURITY", "hunter2", "starttls"),
        ("PATHFINDER_IMAP_POLL_SECONDS", "1", "60"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name_and_without_its_value(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, advice: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as refusal:
        load_settings()
    assert variable in str(refusal.value)
    assert advice in str(refusal.value)
    assert "hunter2" not in str(refusal.value)


def test_a_description_shows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATHFINDER_TOKEN_SECRET", SECRET)
    monkeypatch.setenv("SMTP_PASSWORD", SECRET)
    monkeypatch.setenv("PATHFINDER_IMAP_PASSWORD", SECRET)
    monkeypatch.setenv("DATABASE_URL", f"postgresql://pathfinder:{SECRET}@db/x?password={SECRET}")
    monkeypatch.setenv("DOCUMENTS_URL", f"s3://bucket?secret_access_key={SECRET}")
    settings = load_settings()
    description = settings.describe()
    assert description["database_url"] == "postgresql+psycopg://pathfinder:***@db/x"
    assert description["token_secret"] == "set"
    assert SECRET not in str(description)
    assert SECRET not in repr(settings) + str(settings) + f"{settings}"
    assert SECRET not in str(settings.token_secret)


def test_the_token_secret_is_made_once(tmp_path: Path) -> None:
    settings = Settings(var_dir=tmp_path)
    with pytest.raises(SettingsError, match="PATHFINDER_TOKEN_SECRET"):
        settings.read_token_secret()
    settings.ensure_token_secret()
    first = settings.read_token_secret()
    settings.ensure_token_secret()
    assert settings.read_token_secret() == first
    assert len(first) >= 32


def test_a_token_secret_from_the_environment_needs_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATHFINDER_TOKEN_SECRET", SECRET)
    settings = Settings(var_dir=tmp_path)
    settings.ensure_token_secret()
    assert settings.read_token_secret() == SECRET
    assert not settings.token_secret_file.exists()


def test_invented_countries_can_be_refused() -> None:
    assert Settings(samples_allowed=True).accepts_code("XAB")
    assert not Settings(samples_allowed=False).accepts_code("XAB")
    assert Settings(samples_allowed=False).accepts_code("FJI")


SECRETS = {
    "token_secret": ("PATHFINDER_TOKEN_SECRET",),
    "smtp_password": ("PATHFINDER_SMTP_PASSWORD", "SMTP_PASSWORD"),
    "imap_password": ("PATHFINDER_IMAP_PASSWORD",),
    "temporal_api_key": ("PATHFINDER_TEMPORAL_API_KEY", "TEMPORAL_API_KEY"),
    "database_url": ("PATHFINDER_DATABASE_URL", "DATABASE_URL"),
    "documents_url": ("PATHFINDER_DOCUMENTS_URL", "DOCUMENTS_URL"),
}


def test_every_secret_setting_can_come_from_a_file() -> None:
    held = {name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)}
    assert held <= set(secret_variables(Settings)) | {"payload_keys"}
    assert SECRETS.items() <= secret_variables(Settings).items()
    assert "payload_keys_file" in Settings.model_fields


@pytest.mark.parametrize("setting", SECRETS)
def test_a_secret_comes_from_the_file_that_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, setting: str
) -> None:
    content = f"sqlite:///{SECRET}" if setting == "database_url" else f"s3://{SECRET}"
    (tmp_path / "secret").write_text(f"{content}\n")
    for variable in SECRETS[setting]:
        with monkeypatch.context() as patched:
            patched.setenv(f"{variable}_FILE", str(tmp_path / "secret"))
            value = getattr(load_settings(), setting)
        plain = value if isinstance(value, str) else value.get_secret_value()
        assert plain.endswith(SECRET)


@pytest.mark.parametrize(
    ("content", "says"),
    [(None, "cannot be read"), (b"", "is empty"), (b"\xff\xfe", "is no text"), (b"x" * 70_000, "too large")],
)
def test_a_file_that_holds_no_secret_is_named_and_its_content_is_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None, says: str
) -> None:
    if content is not None:
        (tmp_path / "secret").write_bytes(content)
    monkeypatch.setenv("SMTP_PASSWORD_FILE", str(tmp_path / "secret"))
    with pytest.raises(SettingsError) as refusal:
        load_settings()
    assert "SMTP_PASSWORD_FILE" in str(refusal.value)
    assert says in str(refusal.value)
    assert "xxx" not in str(refusal.value)


def test_a_secret_that_is_given_twice_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET)
    monkeypatch.setenv("PATHFINDER_TOKEN_SECRET", SECRET)
    monkeypatch.setenv("PATHFINDER_TOKEN_SECRET_FILE", str(tmp_path / "secret"))
    with pytest.raises(SettingsError, match="are both set: unset one or the other"):
        load_settings()
