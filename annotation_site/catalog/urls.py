"""The addresses of catalog, below `/api/v1/`."""

from django.urls import path, register_converter

from annotation_site.catalog import api, imports_api, sources_api, uploads_api


class Sha256:
    """A content hash in an address: nothing else gets near a path on the disk."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Sha256, "sha256")

urlpatterns = [
    path("projects/<slug:slug>/videos", api.Videos.as_view()),
    path("projects/<slug:slug>/captions", api.Captions.as_view()),
    path("projects/<slug:slug>/imports", imports_api.Imports.as_view()),
    path("projects/<slug:slug>/imports/preview", imports_api.Preview.as_view()),
    path("projects/<slug:slug>/imports/<int:job>/report.jsonl", imports_api.LineReport.as_view()),
    path("projects/<slug:slug>/imports/sources", sources_api.Sources.as_view()),
    path("projects/<slug:slug>/imports/files", sources_api.FilesImport.as_view()),
    path("projects/<slug:slug>/imports/uploads", uploads_api.UploadsImport.as_view()),
    path("projects/<slug:slug>/uploads", uploads_api.Uploads.as_view()),
    path(
        "projects/<slug:slug>/uploads/<uuid:upload>",
        uploads_api.OneUpload.as_view(),
        name="upload",
    ),
    path("projects/<slug:slug>/captioners", api.Captioners.as_view()),
    path(
        "projects/<slug:slug>/media/<sha256:sha256>/video.mp4",
        api.MediaVideo.as_view(),
        name="media-video",
    ),
    path(
        "projects/<slug:slug>/media/<sha256:sha256>/poster.jpg",
        api.MediaPoster.as_view(),
        name="media-poster",
    ),
]
