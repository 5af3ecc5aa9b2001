"""Crest from Python and from a shell: a typed client of the API, and the `crest` command.

    from crest import Client

    with Client("http://127.0.0.1:8000", token="...") as client:
        demo = client.project("demo")
        snapshot = demo.snapshots.freeze()
        for run in demo.runs.list(kind="scorer"):
            print(run["id"], run["state"])

Whatever the API refuses is raised as `Refused`, with the problem's type, title and facts. What is
given and got back are plain dictionaries, typed by `crest.schema`, which is made from the API's
own description. Nothing here needs Django or torch.
"""

from crest.client import Client, Project
from crest.problems import Refused, Unreachable

__all__ = ["Client", "Project", "Refused", "Unreachable"]
