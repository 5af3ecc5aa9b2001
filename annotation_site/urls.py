"""Every address of the site: the API, and the one page that calls it."""

from django.urls import include, path, re_path

from annotation_site.common import pages

urlpatterns = [
    path("healthz", pages.health),
    path("api/v1/schema", pages.schema),
    path("api/v1/", include("annotation_site.accounts.urls")),
    path("api/v1/", include("annotation_site.jobs.urls")),
    path("api/v1/", include("annotation_site.catalog.urls")),
    path("api/v1/", include("annotation_site.rating.urls")),
    path("api/v1/", include("annotation_site.quality.urls")),
    path("api/v1/", include("annotation_site.adjudication.urls")),
    path("api/v1/", include("annotation_site.datasets.urls")),
    path("api/v1/", include("annotation_site.runs.urls")),
    path("api/v1/", include("annotation_site.loop.urls")),
    path("api/v1/", include("annotation_site.leaderboard.urls")),
    path("api/v1/", include("annotation_site.webhooks.urls")),
    path("api/v1/", include("annotation_site.audit.urls")),
    # Whatever is neither the API nor a file belongs to the page, which knows its own routes.
    re_path(r"^(?!api(?:/|$)|static/|assets/)", pages.single_page),
]

handler400 = pages.bad_request
handler403 = pages.forbidden
handler404 = pages.not_found
handler500 = pages.server_error
