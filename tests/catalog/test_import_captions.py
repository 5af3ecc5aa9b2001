import shutil

import pytest
from django.core.management import CommandError, call_command

from annotation_site.catalog.models import Caption

GOOD = '{"video": "clip.mp4", "source": "m", "caption": "A dog."}\n'


@pytest.fixture
def run(project, clip, tmp_path, capsys):
    """Import one good clip with the captions; the command's output, and its complaint if any."""
    videos = tmp_path / "videos"
    videos.mkdir()
    shutil.copyfile(clip, videos / "clip.mp4")
    captions = tmp_path / "captions.jsonl"

    def go(text: str, *, slug: str = project.slug) -> tuple[str, str]:
        captions.write_text(text)
        complaint = ""
        try:
            call_command("import_captions", f"--project={slug}", f"--videos={videos}", captions)
        except CommandError as error:
            complaint = str(error)
        return capsys.readouterr().out, complaint

    return go


def test_reports_file_by_file(run):
    printed, complaint = run(GOOD * 2)

    assert printed.splitlines() == [
        "accepted  clip.mp4",
        "accepted  captions.jsonl: 1 captions, 1 skipped",
        "  line 2: This caption is already here.",
    ]
    assert complaint == ""
    assert Caption.objects.count() == 1


def test_fails_and_names_the_broken_line(run):
    printed, complaint = run(GOOD + "broken\n")

    assert "refused   captions.jsonl: 1 of 2 lines cannot be imported, so nothing was." in printed
    assert "  line 2: This is not JSON" in printed
    assert complaint == "Not everything was imported."
    assert not Caption.objects.exists()


def test_fails_for_a_project_that_is_none(run):
    assert run(GOOD, slug="nowhere")[1] == "There is no such project."


def test_fails_without_a_directory_or_a_file(tmp_path):
    with pytest.raises(CommandError, match="is not a directory"):
        call_command("import_captions", "--project=p", f"--videos={tmp_path / 'none'}", "c")
    with pytest.raises(CommandError, match="is not a file"):
        call_command("import_captions", "--project=p", f"--videos={tmp_path}", "none")
