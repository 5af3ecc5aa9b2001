"""The addresses of rating, below `/api/v1/`."""

from django.urls import path

from annotation_site.rating import answers_api, api, queue_api, rubrics_api, votes_api

COMPARISON = "projects/<slug:slug>/comparisons/<int:comparison>"
RUBRIC = "projects/<slug:slug>/rubric"
SLOT = "projects/<slug:slug>/slots/<int:slot>"

urlpatterns = [
    path(RUBRIC, rubrics_api.Rubric.as_view()),
    path(f"{RUBRIC}/versions", rubrics_api.Versions.as_view()),
    path(f"{RUBRIC}/versions/<int:version>", rubrics_api.OneVersion.as_view()),
    path(f"{RUBRIC}/bridges", rubrics_api.Bridges.as_view()),
    path(f"{RUBRIC}/bridges/<int:bridge>", rubrics_api.OneBridge.as_view()),
    path("projects/<slug:slug>/protocol", queue_api.ProtocolView.as_view()),
    path("projects/<slug:slug>/queue", queue_api.Queue.as_view()),
    path("projects/<slug:slug>/ledger", queue_api.Ledger.as_view()),
    path("projects/<slug:slug>/withdrawn", queue_api.Withdrawn.as_view()),
    path("projects/<slug:slug>/withdrawn/<int:item>/restore", queue_api.Restore.as_view()),
    path("projects/<slug:slug>/priorities", queue_api.Priorities.as_view()),
    path("projects/<slug:slug>/slots", api.Slots.as_view()),
    path(SLOT, api.OneSlot.as_view()),
    path(f"{SLOT}/submission", answers_api.Submission.as_view()),
    path(f"{SLOT}/revision", answers_api.Revision.as_view()),
    path(f"{SLOT}/draft", answers_api.Draft.as_view()),
    path(f"{SLOT}/heartbeat", answers_api.Heartbeat.as_view()),
    path(f"{SLOT}/skip", answers_api.Skip.as_view()),
    path(f"{SLOT}/remarks", answers_api.SlotRemarks.as_view()),
    path(f"{SLOT}/flag", answers_api.Flag.as_view()),
    path("projects/<slug:slug>/history", answers_api.History.as_view()),
    path("projects/<slug:slug>/remarks", answers_api.Inbox.as_view()),
    path("projects/<slug:slug>/remarks/resolve", answers_api.ResolveMany.as_view()),
    path("projects/<slug:slug>/remarks/<int:remark>/resolve", answers_api.Resolve.as_view()),
    path(f"{SLOT}/vote", votes_api.Vote.as_view()),
    path("projects/<slug:slug>/comparisons", votes_api.Comparisons.as_view()),
    path(COMPARISON, votes_api.OneComparison.as_view()),
    path(f"{COMPARISON}/votes", votes_api.Votes.as_view()),
]
