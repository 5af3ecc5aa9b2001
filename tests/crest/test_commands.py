"""The command, against a real site: what people type, and what they are told."""

import json
import stat

import pytest

from annotation_site.accounts.models import Ownership, Role
from annotation_site.accounts.tokens import create_token
from annotation_site.jobs.services import perform
from annotation_site.quality import reports
from crest.commands import main
from tests.factories import MembershipFactory, ProjectFactory, UserFactory
from tests.runs.factories import rate_something

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "correct horse battery"
CAPTION = {"video": "a.mp4", "source": "x", "kind": "detailed", "caption": "A dog runs."}


@pytest.fixture
def person():
    user = UserFactory(username="rosa")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def project(person):
    found = ProjectFactory(slug="street")
    for role in (Role.ADMIN, Role.RESEARCHER):
        MembershipFactory(project=found, user=person, role=role)
    Ownership.objects.create(organisation=found.organisation, user=person)
    return found


@pytest.fixture
def crest(live_server, person, tmp_path, monkeypatch, capsys):
    """Type a command; the status it ends with, and what it prints."""
    token, _ = create_token(user=person, name="test")
    monkeypatch.setenv("CREST_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("CREST_URL", live_server.url)
    monkeypatch.setenv("CREST_TOKEN", token)
    monkeypatch.setenv("CREST_PROJECT", "street")

    def typed(*words: object) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["crest", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        status = ended.value.code or 0
        assert isinstance(status, int)
        return status, printed.out if status == 0 else printed.out + printed.err

    return typed


def of(crest, *words) -> dict:
    status, printed = crest(*words, "--json")
    assert status == 0, printed
    return json.loads(printed)


class TestSigningIn:
    @pytest.mark.usefixtures("person")
    def test_keeps_a_token_and_no_password(self, crest, live_server, monkeypatch, tmp_path):
        monkeypatch.delenv("CREST_TOKEN")
        monkeypatch.delenv("CREST_URL")
        monkeypatch.setenv("CREST_PASSWORD", PASSWORD)
        assert crest("whoami")[0] == 3

        status, printed = crest("login", live_server.url, "--user", "rosa")
        assert status == 0, printed
        kept = tmp_path / "config" / "sites.json"
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert PASSWORD not in kept.read_text()
        assert "rosa" in crest("whoami")[1]

        assert crest("logout")[0] == 0
        assert crest("whoami")[0] == 3

    def test_says_what_the_site_says(self, crest, live_server, monkeypatch):
        monkeypatch.setenv("CREST_PASSWORD", "wrong")
        status, printed = crest("login", live_server.url, "--user", "rosa")
        assert status == 1
        assert "(" in printed

    def test_says_that_there_is_no_site(self, crest, monkeypatch):
        monkeypatch.setenv("CREST_URL", "http://127.0.0.1:9")
        monkeypatch.setattr("httpx_retries.retry.Retry.backoff_strategy", lambda _: 0.0)
        status, printed = crest("whoami")
        assert status == 3
        assert "127.0.0.1" in printed


@pytest.mark.usefixtures("project")
class TestProjects:
    def test_are_listed_as_tabs_or_as_json(self, crest):
        assert crest("project", "list")[1].startswith("street\t")
        assert of(crest, "project", "list")["slug"] == "street"

    def test_are_made_and_closed(self, crest, project):
        owner = project.organisation.slug
        made = of(crest, "project", "create", "lane", "--organisation", owner, "--name", "The lane")
        assert made["slug"] == "lane"
        assert of(crest, "project", "archive", "lane")["archived_at"]
        status, printed = crest("snapshot", "freeze", "-p", "lane")
        assert (status, "archived" in printed) == (1, True)
        assert of(crest, "project", "unarchive", "lane")["archived_at"] is None

    def test_a_stranger_s_is_not_there(self, crest):
        status, printed = crest("project", "show", "nowhere")
        assert (status, "no-such-project" in printed) == (1, True)

    def test_people_are_invited(self, crest):
        assert of(crest, "member", "invite", "annotator")["link"]


@pytest.mark.usefixtures("project")
class TestImports:
    def test_a_file_is_looked_at_taken_and_told_of(self, crest, tmp_path):
        path = tmp_path / "captions.jsonl"
        path.write_text(json.dumps(CAPTION) + "\n{broken\n")
        assert of(crest, "import", "preview", path)["format"] == "jsonl"

        job = of(crest, "import", "start", path, "--no-wait", "--without-media")
        perform(job["id"])

        assert crest("job", "wait", job["id"])[0] in {0, 1}
        status, printed = crest("import", "report", job["id"])
        assert status == 0, printed
        assert "2\t" in printed

    def test_says_which_field_is_wrong(self, crest, tmp_path):
        path = tmp_path / "captions.csv"
        path.write_text("x\n")
        status, printed = crest("import", "start", path, "--column", "caption")
        assert (status, "FIELD=TEXT" in printed) == (2, True)
        assert crest("import", "start", tmp_path / "nothing.csv")[0] == 2


class TestSnapshots:
    def test_are_frozen_exported_and_compared(self, crest, project, tmp_path):
        rate_something(project)
        first = of(crest, "snapshot", "freeze")
        rate_something(project)
        second = of(crest, "snapshot", "freeze")
        assert first["digest"] != second["digest"]

        into = tmp_path / "ratings.csv"
        status, printed = crest("snapshot", "export", second["id"], "csv", "-o", into)
        assert (status, printed.strip()) == (0, str(into))
        assert len(into.read_text().splitlines()) == 1 + second["judgments"]
        assert "csv" in crest("snapshot", "formats", second["id"])[1]
        diff = of(crest, "snapshot", "diff", first["id"], second["id"])
        assert diff
        assert of(crest, "snapshot", "show", first["id"])["digest"] == first["digest"]


@pytest.mark.usefixtures("project")
class TestWebhooks:
    def test_are_made_changed_and_removed(self, crest):
        made = of(
            crest, "webhook", "create", "https://hooks.example/x",
            "--event", "import.ended", "--event", "run.ended",
        )  # fmt: skip
        assert made["secret"].startswith("whsec_")
        assert made["types"] == ["import.ended", "run.ended"]
        number = made["id"]
        assert "secret" not in of(crest, "webhook", "show", number)
        assert of(crest, "webhook", "renew-secret", number)["secret"] != made["secret"]

        changed = of(crest, "webhook", "change", number, "--off", "--event", "run.ended")
        assert (changed["off"], changed["types"]) == ("by-hand", ["run.ended"])
        assert of(crest, "webhook", "change", number, "--on")["off"] == ""
        assert crest("webhook", "list")[1].startswith(f"{number}\thttps://hooks.example/x\t")

        assert crest("webhook", "remove", number)[0] == 0
        assert crest("webhook", "list")[1] == ""

    def test_tell_what_was_sent(self, crest):
        made = of(crest, "webhook", "create", "https://hooks.example/x", "--event", "run.ended")
        sent = of(crest, "webhook", "ping", made["id"])
        assert of(crest, "webhook", "deliveries", made["id"])["id"] == sent["id"]
        assert crest("webhook", "deliveries", made["id"], "--state", "failed")[1] == ""
        again = of(crest, "webhook", "redeliver", made["id"], sent["id"])
        assert again["event"] == sent["event"]

    def test_say_what_there_is_to_tell(self, crest):
        status, printed = crest("webhook", "create", "https://hooks.example/x", "--event", "x")
        assert (status, "not a valid choice" in printed) == (1, True)


@pytest.mark.usefixtures("project")
class TestTheAuditLog:
    def test_is_listed(self, crest, person):
        crest("project", "archive", "street")
        entry = of(crest, "audit", "list", "--kind", "project", "--limit", "1")
        assert entry["by"]["username"] == "rosa"
        status, printed = crest("audit", "list", "--kind", "project", "--person", person.pk)
        assert (status, "\trosa\trequest\tupdate\tproject\t" in printed) == (0, True)
        assert crest("audit", "list", "--until", "2020-01-01T00:00:00Z")[1] == ""

    def test_is_taken_home(self, crest, tmp_path):
        into = tmp_path / "log.csv"
        assert crest("audit", "fetch", "csv", "-o", into)[1].strip() == str(into)
        assert into.read_text().startswith("id,at,by,")


class TestTheRest:
    def test_quality(self, crest, project, person):
        rate_something(project)
        assert of(crest, "quality", "report")["report"] is None
        job = reports.request(project=project, by=person)
        perform(job.pk)
        assert of(crest, "quality", "report")["report"]["ratings"] == 1
        assert crest("quality", "annotators")[0] == 0
        assert crest("quality", "conflicts")[0] == 0
        assert crest("quality", "remarks", "--all")[0] == 0

    def test_runs(self, crest, project):
        rate_something(project)
        run = of(crest, "run", "start", "turn")
        assert of(crest, "run", "show", run["id"])["state"] in {"queued", "running"}
        assert of(crest, "run", "cancel", run["id"])["state"] == "cancelled"
        assert crest("run", "start", "turn", "--options", "{")[0] == 2
        assert crest("run", "reproduce", run["id"])[0] == 1
        assert crest("run", "compare", run["id"])[0] == 2

    def test_comparing_runs(self, crest, project):
        rate_something(project)
        first = of(crest, "run", "start", "turn")["id"]
        crest("run", "cancel", first)
        second = of(crest, "run", "start", "turn", "--options", '{"select": {"threshold": 4}}')[
            "id"
        ]
        assert of(crest, "run", "compare", first, second) == {
            "part": "option",
            "name": "select.threshold",
            str(first): 3.5,
            str(second): 4.0,
        }
        status, printed = crest("run", "compare", first, second, "--all")
        assert (status, printed.splitlines()[0].split("\t")[0]) == (0, "input")
        assert "option\tselect.threshold\t3.5\t4.0" in printed

    @pytest.mark.usefixtures("project")
    def test_any_address(self, crest, tmp_path):
        status, printed = crest("api", "GET", "/api/v1/projects/street/protocol")
        assert (status, json.loads(printed)["overlap"]) == (0, 3)
        body = tmp_path / "body.json"
        body.write_text('{"overlap": 4}')
        changed = crest("api", "patch", "projects/street/protocol", "--body", f"@{body}")[1]
        assert json.loads(changed)["overlap"] == 4
        assert crest("api", "GET", "projects/street/jobs", "--all")[0] == 0
        assert crest("api", "FETCH", "x")[0] == 2
        assert crest("api", "POST", "x", "--body", "{")[0] == 2
