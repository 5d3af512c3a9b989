"""The user model: login by e-mail, staff only."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from standorte.fields import SiteLanguagesField
from standorte.history import History
from standorte.models import Standort


class UserManager(BaseUserManager["User"]):
    """Creates accounts; an e-mail address is one account whatever its case."""

    def create_user(self, email: str, password: str | None = None, **fields: bool) -> "User":
        """Create an account; without a password nobody can log in with it."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: bool) -> "User":
        """Create an account that may do everything."""
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find an account by e-mail, as typed in any case."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who edits the portal. No name is stored: the address is enough."""

    email = models.EmailField(_("e-mail address"), unique=True)
    is_staff = models.BooleanField(_("may log in here"), default=True)
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Take this away instead of deleting the account: what the person confirmed stays readable."),
    )
    standorte: "models.ManyToManyField[Standort, models.Model]" = models.ManyToManyField(
        Standort,
        blank=True,
        related_name="+",
        verbose_name=_("places this person looks after"),
        help_text=_("Also whose team comes from there. None: all places."),
    )
    translates = SiteLanguagesField(
        _("languages this person translates into"),
        help_text=_("Opens the page for translators, for these languages only. It gives no other right."),
    )
    date_joined = models.DateTimeField(_("created"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()
    # What somebody may do; never how or when they log in.
    history = History(
        excluded_fields=("password", "last_login"), m2m_fields=("groups", "user_permissions", "standorte")
    )

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ()  # type: ignore[assignment]  # a tuple is as good as the list in the stubs

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = (
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"),
        )

    def __str__(self) -> str:
        return self.email

    def clean(self) -> None:
        """Make the address lower case before it is compared."""
        super().clean()
        self.email = self.email.lower()
