"""The server's entry: `uvicorn annotation_site.asgi:application`."""

import os

from django.core.asgi import get_asgi_application

from annotation_site.common.body_limit import BodyLimit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotation_site.settings")
os.environ.setdefault("CREST_DATABASE_POOL", "16")  # connections of this process
application = BodyLimit(get_asgi_application())
