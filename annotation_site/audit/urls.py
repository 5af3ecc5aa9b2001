"""The addresses of the audit log, below `/api/v1/`."""

from django.urls import path, register_converter

from annotation_site.audit import api


class FileForm:
    """As what the log is downloaded."""

    regex = "csv|jsonl"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FileForm, "audit_form")

urlpatterns = [
    path("projects/<slug:slug>/audit", api.ProjectAudit.as_view()),
    path("projects/<slug:slug>/audit.<audit_form:form>", api.ProjectAuditFile.as_view()),
    path("organisations/<slug:organisation>/audit", api.OrganisationAudit.as_view()),
    path(
        "organisations/<slug:organisation>/audit.<audit_form:form>",
        api.OrganisationAuditFile.as_view(),
    ),
]
