"""The server's entry: `uvicorn annotation_site.asgi:application`."""

import os

from django.core.asgi import get_asgi_application

from annotation_site.common.body_limit import BodyLimit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotation_site.settings")
application = BodyLimit(get_asgi_application())
