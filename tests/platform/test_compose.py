"""docker-compose.yml and what it names. No Docker engine is needed to see that they agree."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "CREST_DATA" in str(service)}
BUILT = {name: service["build"] for name, service in SERVICES.items() if "build" in service}
DOCKERFILES = sorted((ROOT / "docker").glob("Dockerfile.*"))
SECRETS = {"CREST_SECRET_KEY", "POSTGRES_PASSWORD"}


def test_it_is_a_compose_file():
    checker = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    checked = subprocess.run(
        [*checker, "docker-compose.yml"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


def test_all_the_parts_of_the_platform_are_in_it():
    parts = {"postgres", "valkey", "migrate", "web", "nginx", "cpu", "gpu", "site", "beat"}
    assert set(SERVICES) == parts
    assert set(OURS) == {"migrate", "web", "cpu", "gpu", "site", "beat"}


@pytest.mark.parametrize("name", OURS)
def test_every_command_runs_something_that_exists(name):
    command = OURS[name]["command"]
    assert command[0] == "python"
    if command[1] == "manage.py":
        assert command[2] in get_commands()
    else:
        assert importlib.util.find_spec(command[2])
        loaded = next(
            word.partition(":")[0]
            for word in command
            if re.match(r"(annotation_site|training)\.", word)
        )
        assert importlib.util.find_spec(loaded), loaded


@pytest.mark.parametrize("name", ["web", "cpu", "gpu", "site", "beat"])
def test_every_option_is_one_its_program_knows(name):
    command = OURS[name]["command"]
    subcommand = [word for word in command if word in ("worker", "beat")]
    shown = subprocess.run(
        [sys.executable, "-m", command[2], *subcommand, "--help"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for option in (word.partition("=")[0] for word in command if word.startswith("--")):
        assert option in shown, option


def test_every_setting_is_one_that_the_site_reads():
    settings = (ROOT / "annotation_site" / "settings.py").read_text()
    for service in OURS.values():
        for name in service["environment"]:
            assert f'"{name}"' in settings, name


def test_no_secret_has_a_default():
    uses = re.findall(r"\$\{(\w+)(:\?|:-)?", TEXT)
    assert {name for name, _ in uses} >= SECRETS
    for name, operator in uses:
        if name in SECRETS | {"CREST_ADDRESS", "CREST_HOSTS"}:
            assert operator == ":?", name
    # Nothing that looks like a password stands in the file itself.
    assert re.findall(r"PASSWORD: (?!\$\{)", TEXT) == []
    assert re.findall(r"://\w+:(?!\$\{)[^@\s]+@", TEXT) == []


def test_the_example_names_every_variable_and_keeps_the_secrets_empty():
    example = (ROOT / ".env.example").read_text()
    given = dict(re.findall(r"^(\w+)=(.*)$", example, re.MULTILINE))
    assert set(given) == set(re.findall(r"\$\{(\w+)", TEXT))
    assert {name for name in SECRETS if given[name]} == set()


def test_what_loads_models_stands_on_the_inside_only():
    """The site's own worker asks storage and answers webhooks, so it may go out."""
    outside = {name for name, service in SERVICES.items() if "outside" in service["networks"]}
    assert outside == {"nginx", "site"}
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"nginx"}
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_volumes_and_dependencies_are_declared():
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            assert volume.partition(":")[0] in COMPOSE["volumes"]
        assert set(service.get("depends_on", [])) <= set(SERVICES)


@pytest.mark.parametrize("name", BUILT)
def test_every_image_is_built_from_a_stage_that_exists(name):
    build = BUILT[name]
    dockerfile = ROOT / build["context"] / build["dockerfile"]
    assert dockerfile in DOCKERFILES
    if "target" in build:
        assert re.search(rf"^FROM \S+ AS {build['target']}$", dockerfile.read_text(), re.MULTILINE)
    for argument in build.get("args", {}):
        assert f"ARG {argument}=" in dockerfile.read_text()


@pytest.mark.parametrize("dockerfile", DOCKERFILES, ids=lambda path: path.name)
def test_what_an_image_copies_exists_and_is_let_in(dockerfile):
    let_in = {
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"
    }
    copied = [
        source
        for line in re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile.read_text(), re.MULTILINE)
        for source in line.split()
    ]
    assert copied
    for source in copied:
        assert (ROOT / source).exists(), source
        assert source.split("/")[0] in let_in, source


def test_nginx_serves_what_the_image_holds_and_asks_the_site_for_the_rest():
    conf = (ROOT / "docker" / "nginx.conf").read_text()
    dockerfile = (ROOT / "docker" / "Dockerfile.web").read_text()
    places = re.findall(r"location (\S+) \{\s+alias (\S+);", conf)
    assert places
    for location, alias in places:
        # One slash missing and a request may climb out of the directory.
        assert location.endswith("/")
        assert alias.endswith("/")
        assert any(
            alias.startswith(target)
            for target in re.findall(r"^COPY --from=page \S+ (\S+)$", dockerfile, re.MULTILINE)
        )
    port = SERVICES["web"]["command"][SERVICES["web"]["command"].index("--port") + 1]
    assert re.findall(r"proxy_pass (\S+);", conf) == [f"http://web:{port}"]
    listening = re.search(r"listen (\d+);", conf)[1]
    assert SERVICES["nginx"]["ports"][0].endswith(f":{listening}")


def test_the_broker_and_the_clock_are_told_the_same_as_by_the_launcher():
    from annotation_site.common import embedded, launcher  # noqa: PLC0415

    told = Path(embedded.__file__).read_text() + Path(launcher.__file__).read_text()
    for name in ("valkey", "web", "cpu", "gpu", "beat"):
        for word in SERVICES[name]["command"]:
            option = word.partition("=")[0]
            if option.startswith("--") and option != "--forwarded-allow-ips":
                assert f'"{option}' in told, f"{name}: {option}"
