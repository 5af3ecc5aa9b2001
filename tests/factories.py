"""Rows for tests, each valid by itself and like what the services would have written."""

import hashlib

import factory
from factory.django import DjangoModelFactory

from annotation_site.accounts.models import (
    Membership,
    Organisation,
    Project,
    Role,
    User,
)
from annotation_site.catalog.models import Caption, Captioner, Video, VideoName
from annotation_site.rating.models import Item, Protocol


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person-{n}")


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    slug = factory.Sequence(lambda n: f"lab-{n}")
    name = factory.LazyAttribute(lambda lab: lab.slug.replace("-", " ").title())


class ProjectFactory(DjangoModelFactory[Project]):
    """A project in an organisation of its own, unless told in which."""

    class Meta:
        model = Project

    organisation = factory.SubFactory(OrganisationFactory)
    slug = factory.Sequence(lambda n: f"project-{n}")
    name = factory.LazyAttribute(lambda project: project.slug.replace("-", " ").title())


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    project = factory.SubFactory(ProjectFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.ANNOTATOR


class ProtocolFactory(DjangoModelFactory[Protocol]):
    class Meta:
        model = Protocol
        django_get_or_create = ("project",)

    project = factory.SubFactory(ProjectFactory)


class VideoFactory(DjangoModelFactory[Video]):
    class Meta:
        model = Video
        skip_postgeneration_save = True

    project = factory.SubFactory(ProjectFactory)
    sha256 = factory.Sequence(lambda n: hashlib.sha256(f"video {n}".encode()).hexdigest())
    seconds = 4.0
    width = 320
    height = 240
    fps = 25.0
    source_bytes = 100_000


class VideoNameFactory(DjangoModelFactory[VideoName]):
    class Meta:
        model = VideoName

    video = factory.SubFactory(VideoFactory)
    name = factory.Sequence(lambda n: f"clip-{n}.mp4")


class CaptionerFactory(DjangoModelFactory[Captioner]):
    class Meta:
        model = Captioner

    project = factory.SubFactory(ProjectFactory)
    name = factory.Sequence(lambda n: f"captioner-{n}")


class CaptionFactory(DjangoModelFactory[Caption]):
    """A caption; its captioner belongs to its video's project."""

    class Meta:
        model = Caption

    video = factory.SubFactory(VideoFactory)
    captioner = factory.SubFactory(
        CaptionerFactory, project=factory.SelfAttribute("..video.project")
    )
    text = factory.Sequence(lambda n: f"A ball rolls over the lawn, take {n}.")
    text_sha256 = factory.LazyAttribute(lambda c: hashlib.sha256(c.text.encode()).hexdigest())


class ItemFactory(DjangoModelFactory[Item]):
    """A caption opened for rating; its project is its video's."""

    class Meta:
        model = Item

    caption = factory.SubFactory(CaptionFactory)
    project = factory.LazyAttribute(lambda item: item.caption.video.project)
    shuffle = factory.Sequence(lambda n: n * 0.618 % 1)
    overlap = 3
