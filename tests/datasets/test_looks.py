"""A look survives another encoding, and tells different pictures apart."""

import subprocess

import numpy as np
import pytest

from annotation_site.catalog import media, storage
from annotation_site.common.paths import DataDirectory
from annotation_site.datasets import looks
from annotation_site.datasets.models import Look

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = DataDirectory(tmp_path / "data")


def name(number):
    return f"{number:064x}"


def poster(number, picture, *options):
    """Draw the poster of a video."""
    place = storage.directory_of(name(number))
    place.mkdir(parents=True)
    drawn = ("-f", "lavfi", "-i", picture, "-frames:v", "1", *options, place / media.POSTER)
    command = [media.ffmpeg_program(), "-nostdin", "-loglevel", "error", *drawn]
    subprocess.run(command, check=True)
    return name(number)


def distance(one, other):
    return (int(one, 16) ^ int(other, 16)).bit_count()


def test_are_near_for_the_same_picture_and_far_for_another():
    large = poster(1, "mandelbrot=size=640x480", "-q:v", "2")
    small = poster(2, "mandelbrot=size=640x480", "-q:v", "20", "-vf", "scale=200:150")
    other = poster(3, "testsrc=size=320x240")

    seen = looks.of_videos([large, small, other])

    assert distance(seen[large], seen[small]) <= looks.ALIKE
    assert distance(seen[large], seen[other]) > 2 * looks.ALIKE


def test_are_taken_once(monkeypatch):
    sha256 = poster(1, "testsrc=size=320x240")
    first = looks.of_videos([sha256])
    monkeypatch.setattr(looks, "_look_at", None)

    assert looks.of_videos([sha256]) == first


def test_a_flat_picture_says_nothing():
    sha256 = poster(1, "color=black:size=320x240")

    assert looks.of_videos([sha256]) == {}
    assert Look.objects.get().bits == ""


def test_what_is_not_there_may_come_later():
    assert looks.of_videos([name(1)]) == {}
    assert not Look.objects.exists()


def test_one_broken_poster_hides_no_other():
    good = poster(1, "testsrc=size=320x240")
    broken = name(2)
    storage.directory_of(broken).mkdir(parents=True)
    (storage.directory_of(broken) / media.POSTER).write_bytes(b"no picture")

    assert set(looks.of_videos([broken, good])) == {good}


def test_a_bit_says_which_of_two_neighbours_is_brighter():
    rising = np.tile(np.arange(17, dtype=np.uint8), (16, 1))

    assert looks.look(rising) == "ff" * 32
    assert str(Look(bits=looks.look(rising))) == "ff" * 32
    assert looks.look(rising[:, ::-1]) == "00" * 32
