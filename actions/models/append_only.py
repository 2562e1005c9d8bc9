"""Rows that are only ever added: logs, and what was published."""

from django.db import models


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise TypeError(self.model.APPEND_ONLY)

    def bulk_create(self, objs, *args, update_conflicts=False, **kwargs):
        if update_conflicts:
            raise TypeError(self.model.APPEND_ONLY)
        return super().bulk_create(objs, *args, **kwargs)

    def delete(self):
        raise TypeError(self.model.APPEND_ONLY)


class AppendOnly(models.Model):
    """A row that is added once, and neither changed nor deleted. `APPEND_ONLY` says so."""

    APPEND_ONLY = ""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, **kwargs):
        if not self._state.adding:
            raise TypeError(self.APPEND_ONLY)
        super().save(**kwargs | {"force_insert": True})

    def delete(self, **kwargs):
        raise TypeError(self.APPEND_ONLY)
