"""Where the browser finds a video's files."""

from django.urls import reverse


def video_url(*, slug: str, sha256: str) -> str:
    return reverse("media-video", kwargs={"slug": slug, "sha256": sha256})


def poster_url(*, slug: str, sha256: str) -> str:
    return reverse("media-poster", kwargs={"slug": slug, "sha256": sha256})
