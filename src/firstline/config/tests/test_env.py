"""A setting that is wrong, unsafe or misspelt stops the start and is named; a secret is never quoted."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from firstline.config.env import Environment, MailServer, SettingsError, database_parts, mail_parts


def test_values_have_types_and_defaults() -> None:
    environment = Environment({"A": "7", "B": "off", "C": " x, y z "})
    assert environment.integer("A", 1, least=0, most=9) == 7
    assert environment.boolean("B", default=True) is False
    assert environment.words("C") == ["x", "y", "z"]
    assert environment.text("D", "given") == "given"
    assert environment.secret("E") is None


@pytest.mark.parametrize("value", ["ten", "-1", "10", "1.5"])
def test_a_wrong_number_is_named(value: str) -> None:
    with pytest.raises(SettingsError, match=r"^WORKERS must be a whole number from 1 to 9"):
        Environment({"WORKERS": value}).integer("WORKERS", 1, least=1, most=9)


def test_a_wrong_truth_and_a_wrong_choice_are_named() -> None:
    environment = Environment({"DEBUG": "maybe", "LEVEL": "LOUD"})
    with pytest.raises(SettingsError, match="DEBUG must be true or false"):
        environment.boolean("DEBUG", default=False)
    with pytest.raises(SettingsError, match="LEVEL must be one of INFO, ERROR"):
        environment.choice("LEVEL", "INFO", ["INFO", "ERROR"])


def test_a_secret_comes_from_a_file_too(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("very secret\n")
    assert Environment({"KEY_FILE": str(file)}).secret("KEY") == "very secret"
    with pytest.raises(SettingsError, match="not both"):
        Environment({"KEY_FILE": str(file), "KEY": "other"}).secret("KEY")
    with pytest.raises(SettingsError, match="KEY_FILE names a file that cannot be read"):
        Environment({"KEY_FILE": str(tmp_path / "gone")}).secret("KEY")


def test_unknown_names_are_refused() -> None:
    environment = Environment({"FIRSTLINE_DEBUGG": "1", "PATH": "x"})
    environment.boolean("FIRSTLINE_DEBUG", default=False)
    with pytest.raises(SettingsError, match="Unknown variable FIRSTLINE_DEBUGG"):
        environment.refuse_unknown()


def test_a_database_address_is_taken_apart() -> None:
    parts = database_parts("DATABASE_URL", "postgresql://firstline_app:a%2Fb@db.example:6432/county?sslmode=require")
    assert parts == {
        "NAME": "county",
        "USER": "firstline_app",
        "PASSWORD": "a/b",
        "HOST": "db.example",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_mail_server_is_taken_apart() -> None:
    assert mail_parts("MAIL", "") is None
    said = mail_parts("MAIL", "smtps://duty%40example.org:a%2Fb@mail.example")
    assert said == MailServer("mail.example", 465, "duty@example.org", "a/b", "at once")
    assert mail_parts("MAIL", "smtp://127.0.0.1:25") == MailServer("127.0.0.1", 25, "", "", "asked for")


@pytest.mark.parametrize(
    "url", ["https://a:secret@b", "smtp://", "smtp://b:secret", "smtp://b/path", "smtp://b?tls=no"]
)
def test_a_mail_server_that_cannot_be_is_named_without_being_quoted(url: str) -> None:
    with pytest.raises(SettingsError, match=r"^MAIL ") as refused:
        mail_parts("MAIL", url)
    assert "secret" not in str(refused.value)


def test_names_of_hosts_are_names_of_hosts() -> None:
    environment = Environment({"HOSTS": "Bot.example.org bot.example.org:8443"})
    assert environment.hosts("HOSTS") == frozenset({"bot.example.org", "bot.example.org:8443"})
    for wrong in ("https://bot.example.org", "*", "*.example.org", "bot.example.org/", "a@b", "bot:x"):
        with pytest.raises(SettingsError, match="HOSTS must list"):
            Environment({"HOSTS": wrong}).hosts("HOSTS")


@pytest.mark.parametrize("url", ["mysql://a@b/c", "postgresql://b/c", "postgresql://a@b", "postgresql://a@b:x/c"])
def test_a_database_address_that_cannot_work_is_named_without_being_quoted(url: str) -> None:
    with pytest.raises(SettingsError, match=r"^DATABASE_URL") as refusal:
        database_parts("DATABASE_URL", url)
    assert url not in str(refusal.value)


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"FIRSTLINE_SECRET": "x"}, "FIRSTLINE_SECRET"),
        ({"FIRSTLINE_ORIGIN": "http://10.0.0.5"}, "FIRSTLINE_ORIGIN"),
        ({"FIRSTLINE_ORIGIN": "https://firstline.example", "FIRSTLINE_DEBUG": "true"}, "FIRSTLINE_DEBUG"),
        ({"FIRSTLINE_HOSTS": "*"}, "FIRSTLINE_HOSTS"),
        ({"FIRSTLINE_SECRET_KEY": "short"}, "FIRSTLINE_SECRET_KEY"),
        ({"DATABASE_URL": "postgresql://firstline_app@/firstline"}, "FIRSTLINE_SECRET_KEY"),
        ({"DATABASE_URL": "postgresql://postgres@/x", "FIRSTLINE_SECRET_KEY": "k" * 40}, "DATABASE_URL"),
        ({"FIRSTLINE_PG": "14"}, "FIRSTLINE_PG"),
        ({"FIRSTLINE_LOG_LEVEL": "chatty"}, "FIRSTLINE_LOG_LEVEL"),
    ],
)
def test_an_unsafe_start_is_refused_in_one_line(variables: dict[str, str], named: str, tmp_path: Path) -> None:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("FIRSTLINE_", "DATABASE_"))}
    command = [sys.executable, "-m", "firstline.config.cli", "serve", "--port", "1"]
    environment = bare | {"FIRSTLINE_VAR": str(tmp_path)} | variables
    started = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert started.returncode == 1
    assert started.stderr.startswith("firstline: ")
    assert named in started.stderr
    assert "Traceback" not in started.stderr


def test_the_serving_process_does_not_know_the_owner() -> None:
    code = "from firstline.config.settings import DATABASES; print([*DATABASES], DATABASES['default']['USER'])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "['default'] firstline_app\n"
