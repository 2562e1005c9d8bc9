"""What the command says when it refuses a file."""

import pytest
from django.core.management import CommandError


def refused(import_report, report, **options):
    with pytest.raises(CommandError) as caught:
        import_report(report, **options)
    return str(caught.value)
