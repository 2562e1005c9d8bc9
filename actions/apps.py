from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ActionsConfig(AppConfig):
    name = "actions"
    verbose_name = _("Register")

    def ready(self):
        from actions import permissions, sqlite

        post_migrate.connect(permissions.create_groups, sender=self)
        connection_created.connect(sqlite.on_connection)
