"""A small snapshot with texts that are hard to write down, ratings and a vote."""

from annotation_site.datasets import services
from tests.datasets.judging import judge, vote
from tests.factories import CaptionFactory, UserFactory, VideoFactory, VideoNameFactory

FORMULA = '=HYPERLINK("http://example.org","x")'
TEXTS = ("A cat sleeps.", FORMULA, 'Two "dogs", one\nball.')


def freeze_small(project, now):
    """Two videos, one on either side; four rated captions, one that nobody rated, one vote."""
    train, test = (
        VideoFactory(project=project, sha256=start + "a" * 56) for start in ("00000050", "00000001")
    )
    VideoNameFactory(video=train, name="a cat.mp4")
    people = [UserFactory(), UserFactory()]
    captions = [CaptionFactory(video=train, text=text) for text in TEXTS]
    for level, caption in enumerate(captions):
        judge(project, now=now, caption=caption, annotator=people[0], level=level)
    judge(project, now=now, caption=captions[0], annotator=people[1], level=5)
    judge(project, now=now, caption=CaptionFactory(video=test, text="A bird."), level=1)
    CaptionFactory(video=train, text="Nobody rated this.")
    vote(project, now=now, captions=captions[:2])
    return services.freeze(project=project, by=None, now=now)
