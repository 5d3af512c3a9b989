"""Messages to an office or to the coordination."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lokalwillkommen.contact.models.todo import Todo, TodoQuerySet
from standorte.models import Standort


class MessageTopic(models.TextChoices):
    """What a message is about; its value stands in addresses, in German as all of them."""

    QUESTION = "frage", _("Help or a question")
    NEIGHBOUR = "nachbarschaft", _("Living together in the neighbourhood")
    VOLUNTEER = "ehrenamt", _("I want to help")
    LANDLORD = "vermieten", _("I let a flat")
    ORGANISATION = "organisation", _("Association or organisation")
    BARRIER = "barriere", _("A barrier on this website")
    OTHER = "anderes", _("Something else")


class MessageQuerySet(TodoQuerySet["Message"]):
    """Messages in the words staff and commands ask with."""


class Message(Todo):
    """What somebody wrote, and how to answer. Without a place it is for the coordination."""

    topic = models.CharField(_("what it is about"), max_length=13, choices=MessageTopic)
    text = models.TextField(_("message"))
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone number"), max_length=40, blank=True)
    language = models.CharField(_("language of the answer"), max_length=20)
    standort = models.ForeignKey(
        Standort,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("place"),
    )

    objects = MessageQuerySet.as_manager()

    class Meta(Todo.Meta):
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(email="") | ~models.Q(phone=""), name="message_says_how_to_answer"
            ),
            models.CheckConstraint(condition=models.Q(topic__in=MessageTopic.values), name="message_has_a_known_topic"),
        )

    def __str__(self) -> str:
        # Ends up in the admin's history: nothing of what was written.
        return f"{self._meta.verbose_name} {self.pk}"
