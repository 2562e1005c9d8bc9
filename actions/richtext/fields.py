"""Model fields for rich text. Whatever path writes them, what reaches the database is sanitised."""

from django.db import models

from actions.richtext.editor import RichTextFormField
from actions.richtext.html import plain_text, sanitise


class RichTextField(models.TextField):
    """Sanitised HTML of the small vocabulary.

    Sanitised where a value is prepared for the database, so that save(), bulk_create(), update()
    and loaddata are all covered; and on the instance itself when it is saved or cleaned.
    """

    def to_python(self, value):
        # A text field sends every value through here that it prepares for the database.
        return sanitise(super().to_python(value) or "")

    def pre_save(self, model_instance, add):
        value = sanitise(getattr(model_instance, self.attname) or "")
        setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": RichTextFormField, **kwargs})


class RichTextQuerySet(models.QuerySet):
    """Refuses to write rich text as an expression, of which only the database knows the outcome."""

    def update(self, **kwargs):
        for name, value in kwargs.items():
            # bulk_update() writes expressions too, but of values that know their field.
            if (
                isinstance(self.model._meta.get_field(name), RichTextField)
                and hasattr(value, "resolve_expression")
                and not isinstance(getattr(value, "_output_field_or_none", None), RichTextField)
            ):
                raise TypeError("Write rich text as text: an expression cannot be sanitised.")
        return super().update(**kwargs)

    update.alters_data = True


class PlainTextField(models.TextField):
    """The bare text of a rich text field beside it, kept for searching and excerpts."""

    def __init__(self, *args, source="", **kwargs):
        self.source = source
        super().__init__(*args, editable=False, blank=True, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs["source"] = self.source
        del kwargs["editable"], kwargs["blank"]
        return name, path, args, kwargs

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        # loaddata writes what an instance holds and skips the pre_save() of fields; the signal of
        # the same name it does send.
        models.signals.pre_save.connect(self._on_pre_save, sender=cls)

    def _on_pre_save(self, sender, instance, raw, **kwargs):
        if raw:
            self.pre_save(instance, add=False)

    def pre_save(self, model_instance, add):
        value = plain_text(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, value)
        return value
