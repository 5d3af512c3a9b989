"""The user model: login by e-mail, staff only."""

from collections.abc import Iterable
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from lokalwillkommen.accounts.responsibility import Responsibility
from lokalwillkommen.accounts.roles import Role, allows, allows_app
from standorte.fields import SiteLanguagesField
from standorte.history import History
from standorte.models import Partner, Standort


class UserManager(BaseUserManager["User"]):
    """Creates accounts; an e-mail address is one account whatever its case."""

    def create_user(self, email: str, password: str | None = None, **fields: bool | str) -> "User":
        """Create an account; without a password nobody can log in with it."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: bool | str) -> "User":
        """Create an account that may do everything."""
        return self.create_user(email, password, **{**fields, "is_staff": True, "role": Role.ADMINISTRATION})

    def administrators(self) -> "models.QuerySet[User]":
        """Give the accounts that can give and take away rights."""
        return self.filter(role=Role.ADMINISTRATION, is_active=True, is_staff=True)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find an account by e-mail, as typed in any case."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """Somebody who edits the portal. No name is stored: the address is enough.

    What an account may do follows from its role alone (docs/decisions/0027): there are no groups and no single
    permissions, so no backend for logging in can give any.
    """

    email = models.EmailField(_("e-mail address"), unique=True)
    is_staff = models.BooleanField(_("may log in here"), default=True)
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Take this away instead of deleting the account: what the person confirmed stays readable."),
    )
    role = models.CharField(
        _("role"),
        max_length=14,
        choices=Role,
        default=Role.TRANSLATOR,
        help_text=_(
            "What somebody may do. Offices: choose their places below. Partner organisations: choose the organisation. "
            "Everybody can translate as well, whatever the role: tick the languages."
        ),
    )
    standorte: "models.ManyToManyField[Standort, models.Model]" = models.ManyToManyField(
        Standort,
        blank=True,
        related_name="+",
        verbose_name=_("places this person looks after"),
        help_text=_(
            "Only for the role “office”. Choose the office: the places to which its team comes go with it. "
            "Colleagues who stand in for one another may have several."
        ),
    )
    partner = models.ForeignKey(
        Partner,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation this person works for"),
        help_text=_("Only for the role “partner organisation”: its offers are those this person looks after."),
    )
    translates = SiteLanguagesField(
        _("languages this person translates into"),
        help_text=_("Opens the page for translators, for these languages only. It gives no other right."),
    )
    date_joined = models.DateTimeField(_("created"), default=timezone.now)
    invited_at = models.DateTimeField(_("invited at"), null=True, blank=True, editable=False)
    second_factor_due = models.DateTimeField(
        _("second factor needed from"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Seven days after the first login."),
    )

    objects: ClassVar[UserManager] = UserManager()
    # What somebody may do; never how or when they log in.
    history = History(
        excluded_fields=("password", "last_login", "invited_at", "second_factor_due"), m2m_fields=("standorte",)
    )

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ()  # type: ignore[assignment]  # a tuple is as good as the list in the stubs

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = (
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_has_a_known_role"),
        )

    def __str__(self) -> str:
        return self.email

    def clean(self) -> None:
        """Make the address lower case before it is compared."""
        super().clean()
        self.email = self.email.lower()

    @property
    def is_superuser(self) -> bool:
        """Tell whether this account may do everything, in the word that Django uses."""
        return self.role == Role.ADMINISTRATION

    def is_last_administrator(self) -> bool:
        """Tell whether nobody else could give rights; in a transaction that stays so until its end."""
        stored = type(self).objects.administrators().order_by("pk")
        if transaction.get_connection().in_atomic_block:
            stored = stored.select_for_update()
        return [self.pk] == list(stored.values_list("pk", flat=True))

    @cached_property
    def looks_after(self) -> Responsibility:
        """Give which rows this person looks after; asked once per request."""
        return Responsibility.by_role(self)

    def has_perm(self, perm: str, obj: object = None) -> bool:  # noqa: ARG002  # Django's signature
        """Tell whether the role has a permission."""
        return self.is_active and allows(self.role, perm)

    def has_perms(self, perms: Iterable[str], obj: object = None) -> bool:
        """Tell whether the role has all of some permissions."""
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label: str) -> bool:
        """Tell whether the role has any permission in an app."""
        return self.is_active and allows_app(self.role, app_label)
