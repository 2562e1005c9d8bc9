"""Reports that somebody is looking at before reading them in: held in the session, not stored.

The session is of one person in one browser, ends when they sign out, and is no part of the
register. It holds the last few, so that two windows do not stand in each other's way.
"""

import json
import secrets
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from reports.document import ReportDocument
from reports.errors import ReportError
from reports.readers import Margin, json_file
from reports.writers.json_file import to_data

_KEY = "held_reports"
_MOST = 3
# In seconds. Whoever comes back later chooses the file anew.
_FOR = 24 * 60 * 60
# Of a packed report. The session is read with every page; one of 500 points takes a third of this.
_MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Held:
    document: ReportDocument
    file_name: str
    margin: Margin


def hold(request, reporting_round, held: Held) -> str:
    """Hold a report for a round, and return the name by which it is found again."""
    packed = b64encode(zlib.compress(json.dumps(to_data(held.document)).encode())).decode()
    if len(packed) > _MAX_BYTES:
        raise ReportError(_("The report is too large to be read in here."))
    name = secrets.token_urlsafe(9)
    reports = dict(list(request.session.get(_KEY, {}).items())[1 - _MOST :])
    reports[name] = {
        "round": reporting_round.pk,
        "at": timezone.now().timestamp(),
        "file": held.file_name,
        "margin": held.margin,
        "report": packed,
    }
    request.session[_KEY] = reports
    return name


def held_for(request, reporting_round, name: str) -> Held | None:
    """The report of this name, None where none is held, or it was for another round or day."""
    found = request.session.get(_KEY, {}).get(name)
    if not found or found["round"] != reporting_round.pk:
        return None
    if timezone.now().timestamp() - found["at"] > _FOR:
        return None
    document = json_file.from_data(json.loads(zlib.decompress(b64decode(found["report"]))))
    return Held(document, found["file"], Margin(*found.get("margin", ())))
