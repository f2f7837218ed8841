"""docker-compose.yml: valid by the Compose specification, no secret in it, and each service with no more than it needs."""

import asyncio
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import yaml

from app.adapters.postgres.embedded_settings import CONFIGURATION
from app.adapters.postgres.roles import RoleNames, RoleUrls, completed_urls, role_urls
from tests.support.servers import SECRET, ensure, reasons, releases, temporary_server

REPOSITORY = Path(__file__).parents[2]
COMPOSE = REPOSITORY / "docker-compose.yml"
FILE: dict[str, Any] = yaml.safe_load(COMPOSE.read_text())
SERVICES: dict[str, dict[str, Any]] = FILE["services"]
OURS = ("api", "migrate", "worker")


def check_schema(path: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_file_is_valid_by_the_compose_specification(tmp_path: Path) -> None:
    told = check_schema(COMPOSE)
    assert told.returncode == 0, told.stdout
    wrong = tmp_path / "docker-compose.yml"
    wrong.write_text(COMPOSE.read_text().replace("read_only: true", "read_only: [yes]"))
    assert check_schema(wrong).returncode != 0, "the check can fail"


def test_every_secret_comes_from_the_environment_and_must_be_there() -> None:
    text = COMPOSE.read_text()
    named = re.findall(r"(?<!\$)\$\{([^}]+)\}", text)
    assert named
    assert all(name.endswith(":?") for name in named), "no default, and a clear refusal when one is missing"
    for service, settings in SERVICES.items():
        for name, value in settings.get("environment", {}).items():
            if re.search("SECRET|PASSWORD|ISSUERS", name):
                assert re.fullmatch(r"\$\{\w+:\?\}", value), f"{service}: {name}"
            if "://" in value:
                assert re.fullmatch(r"postgresql://\w+(:\$\{\w+:\?\})?@db:5432/verksted", value), (
                    f"{service}: {name}"
                )


def test_the_service_itself_never_holds_the_owner_or_the_superuser() -> None:
    holders = {
        secret: {name for name, service in SERVICES.items() if secret in str(service)}
        for secret in (
            "VERKSTED_OWNER_PASSWORD",
            "DATABASE_URL",
            "POSTGRES_ADMIN_PASSWORD",
            "VERKSTED_ISSUERS",
        )
    }
    assert holders == {
        "VERKSTED_OWNER_PASSWORD": {"db", "migrate"}, "DATABASE_URL": {"migrate"},
        "POSTGRES_ADMIN_PASSWORD": {"db"}, "VERKSTED_ISSUERS": {"api"},
    }  # fmt: skip


@pytest.mark.parametrize("name", OURS)
def test_the_containers_can_not_write_rise_or_be_root(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not service["user"].startswith(("0", "root"))
    assert "privileged" not in service


def test_two_replicas_share_the_ballot_keys_which_no_backup_takes() -> None:
    api = SERVICES["api"]
    assert api["deploy"]["replicas"] == 2
    volume, target = api["volumes"][0].split(":")
    assert target == api["environment"]["VERKSTED_BALLOT_KEYS"]
    assert FILE["volumes"][volume]["labels"] == {"verksted.backup": "never"}
    assert all(volume not in str(SERVICES[other]) for other in ("db", "migrate"))
    assert SERVICES["worker"]["volumes"] == api["volumes"], "it counts, too"


def test_people_s_keys_are_shared_by_all_who_seal_and_lie_apart_from_the_database() -> None:
    for name in OURS:
        volume, target = SERVICES[name]["volumes"][-1].split(":")
        assert target == SERVICES[name]["environment"]["VERKSTED_PERSON_KEYS"]
        assert volume == "person-keys"
    assert FILE["volumes"]["person-keys"]["labels"]["verksted.backup"].startswith("apart")
    assert "person-keys" not in str(SERVICES["db"])


def test_order_health_and_networks() -> None:
    assert SERVICES["api"]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert SERVICES["migrate"]["depends_on"]["db"] == {"condition": "service_healthy"}
    assert SERVICES["migrate"]["restart"] == "no"
    assert "/readyz" in SERVICES["api"]["healthcheck"]["test"][-1]
    assert SERVICES["db"]["networks"] == ["inside"]
    assert "ports" not in SERVICES["db"]
    assert FILE["networks"]["inside"] == {"internal": True}
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["api"]["ports"])


def test_the_log_is_as_silent_as_that_of_the_embedded_server() -> None:
    embedded = dict(line.split(" = ") for line in CONFIGURATION.splitlines() if line.startswith("log_"))
    given = dict(word.split("=", 1) for word in SERVICES["db"]["command"] if "=" in word)
    for setting in embedded.keys() - {"log_line_prefix", "log_checkpoints"}:
        assert given.get(setting) == embedded[setting].strip("'"), setting


async def test_the_first_start_makes_an_owner_from_whom_everything_else_follows(tmp_path: Path) -> None:
    """The script of the file, run on a bare server; then the roles, as `migrate` makes them."""
    script = FILE["configs"]["owner"]["content"].replace("$$", "$")
    release = releases()[0]
    with temporary_server(release) as server:
        environment = {
            "PATH": f"{release.programs}:/usr/bin:/bin", "VERKSTED_OWNER_PASSWORD": "it's a \"password\"",
            "PGHOST": str(server.sockets), "PGPASSWORD": "secret",
        }  # fmt: skip
        await asyncio.to_thread(subprocess.run, ["/bin/bash", "-c", script], check=True, env=environment)
        owner_url = f"postgresql://owner:it%27s%20a%20%22password%22@/verksted?host={server.sockets}"
        owner = await asyncpg.connect(owner_url)
        powers = (
            "select rolsuper or rolbypassrls or rolreplication from pg_roles where rolname = current_user"
        )
        assert await owner.fetchval(powers) is False
        await owner.close()
        urls = await ensure(owner_url, SECRET)
        environment = SERVICES["api"]["environment"]
        given = RoleUrls(environment["VERKSTED_APP_URL"], environment["VERKSTED_TALLY_URL"])
        for url, ours, name in zip(completed_urls(given, SECRET), urls, RoleNames(), strict=True):
            assert url.startswith(f"postgresql://{name}:")
            assert url.split("@")[0] == ours.split("@")[0], "what `api` derives is what `migrate` set"
            assert await reasons(ours) == ()
        assert urls == role_urls(owner_url, SECRET)
