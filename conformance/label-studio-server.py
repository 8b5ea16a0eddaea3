"""Has Label Studio itself import the interface and the tasks into a project and export them again, and compares every result."""

import importlib.util
import json
import os
import sys
import tempfile
import warnings
from importlib.metadata import version
from pathlib import Path

if importlib.util.find_spec("label_studio") is None:
    print("label-studio, the server, is not installed")
    sys.exit(77)

folder = Path(sys.argv[1]).resolve()
place = tempfile.TemporaryDirectory()
sys.path.insert(0, str(Path(importlib.util.find_spec("label_studio").origin).parent))
# A database of its own, and no word to anybody.
os.environ.update(
    DJANGO_SETTINGS_MODULE="core.settings.label_studio",
    DJANGO_DB="sqlite",
    LABEL_STUDIO_BASE_DATA_DIR=place.name,
    COLLECT_ANALYTICS="0",
    LATEST_VERSION_CHECK="0",
    SENTRY_DSN="",
    FRONTEND_SENTRY_DSN="",
)
warnings.simplefilter("ignore")

import django  # noqa: E402
from django.conf import settings  # noqa: E402

settings.MIGRATION_MODULES = type("None", (), {"__contains__": lambda *_: True, "__getitem__": lambda *_: None})()
django.setup()

from django.core.management import call_command  # noqa: E402

call_command("migrate", run_syncdb=True, verbosity=0)

from core.label_config import validate_label_config  # noqa: E402
from data_export.serializers import ExportDataSerializer  # noqa: E402
from data_import.serializers import ImportApiSerializer  # noqa: E402
from organizations.models import Organization  # noqa: E402
from projects.models import Project  # noqa: E402
from rest_framework.renderers import JSONRenderer  # noqa: E402
from tasks.models import Task  # noqa: E402
from users.models import User  # noqa: E402

user = User.objects.create(email="analyst@example.org", username="analyst")
user.active_organization = Organization.create_organization(created_by=user, title="Desk")
user.save()
config = (folder / "config.xml").read_text(encoding="utf-8")
validate_label_config(config)
project = Project.objects.create(title="p", organization=user.active_organization, created_by=user, label_config=config)
given = [task for path in sorted(folder.glob("tasks*.json")) for task in json.loads(path.read_text(encoding="utf-8"))]
# It takes away from what it is given.
serializer = ImportApiSerializer(data=json.loads(json.dumps(given)), many=True, context={"project": project, "user": user})
assert serializer.is_valid(), serializer.errors
serializer.save(project_id=project.id)
back = json.loads(JSONRenderer().render(ExportDataSerializer(Task.objects.order_by("id"), many=True).data))

assert len(back) == len(given)
results = 0
for task, other in zip(given, back, strict=True):
    assert other["data"] == task["data"], task["data"]["doc_id"]
    assert len(other["annotations"]) == len(task["annotations"])
    for annotation, kept in zip(task["annotations"], sorted(other["annotations"], key=lambda one: one["id"]), strict=True):
        assert kept["result"] == annotation["result"] and kept["ground_truth"] == annotation["ground_truth"], kept["id"]
        results += len(kept["result"])
print(f"label-studio {version('label-studio')}: {len(back)} tasks with {results} results, in and out again")
