"""What the documents say exists, exists."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from typer.main import get_command

from crest.commands.app import app
from scorer.commands import parser as scorer_parser

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
FENCE = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


def shell_lines(document: Path) -> list[str]:
    return [
        line.partition("  #")[0].strip()
        for block in FENCE.findall(document.read_text())
        for line in block.splitlines()
        if line.strip()
    ]


ALL_LINES = sorted({line for document in DOCUMENTS for line in shell_lines(document)})
MANAGE = [line for line in ALL_LINES if "manage.py " in line]
CREST = [line for line in ALL_LINES if line.startswith("crest ")]
SCORER = [line for line in ALL_LINES if "-m scorer " in line and "\\" not in line]
MAKE = [line for line in ALL_LINES if line.startswith("make")]


@pytest.mark.parametrize("line", MANAGE)
def test_each_command_of_the_documents_parses(line):
    words = shlex.split(line.partition("manage.py ")[2])
    apps = get_commands()
    assert words[0] in apps, f"{line}: no such command"
    command = load_command_class(apps[words[0]], words[0])
    command.create_parser("manage.py", words[0]).parse_args(words[1:])


@pytest.mark.parametrize("line", CREST)
def test_each_crest_command_of_the_documents_parses(line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "captions.csv").touch()
    command, words = get_command(app), shlex.split(line.partition(" | ")[0])[1:]
    context = command.make_context("crest", words)
    while rest := [*context._protected_args, *context.args]:  # noqa: SLF001 - a noun's verb
        name, command, words = command.resolve_command(context, rest)
        context = command.make_context(name, words, parent=context)


@pytest.mark.parametrize("line", SCORER)
def test_each_scorer_command_of_the_documents_parses(line):
    scorer_parser().parse_args(shlex.split(line.partition("-m scorer ")[2]))


def test_the_scorer_page_lists_every_option_and_no_other():
    page = (ROOT / "docs" / "reference" / "scorer-cli.md").read_text()
    sections = dict(re.findall(r"^## `(\w+)`\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    (commands,) = scorer_parser()._subparsers._group_actions  # noqa: SLF001 - its only name
    assert set(sections) == set(commands.choices)
    for name, parser in commands.choices.items():
        taken = {
            option
            for action in parser._actions  # noqa: SLF001 - as above
            for option in action.option_strings
            if option.startswith("--") and option != "--help"
        }
        assert set(re.findall(r"`(--[\w-]+)", sections[name])) == taken, name


@pytest.mark.parametrize("line", MAKE)
def test_each_make_target_of_the_documents_exists(line):
    dry = subprocess.run(
        ["make", "--dry-run", *shlex.split(line)[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert dry.returncode == 0, dry.stderr


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_relative_link_leads_somewhere(document):
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text())
    missing = [
        target
        for target in targets
        if "://" not in target and not (document.parent / target).exists()
    ]
    assert missing == []


def test_the_settings_page_lists_every_variable_and_no_other():
    code = (ROOT / "annotation_site" / "settings.py").read_text()
    page = (ROOT / "docs" / "reference" / "settings.md").read_text()
    assert set(re.findall(r"CREST_[A-Z_]+", page)) == set(re.findall(r"CREST_[A-Z_]+", code))
