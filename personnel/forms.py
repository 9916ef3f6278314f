"""Text in, domain values out."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from personnel.models import AccountState, Person, Role, Unit, User


class FirstRunForm(forms.Form):
    """What the first administrator types."""

    code = forms.CharField(label=_("One-time code from the terminal"), max_length=40, strip=True)
    institution = forms.CharField(label=_("Name of the institution"), max_length=200)
    name = forms.CharField(label=_("Your name"), max_length=150)
    username = forms.RegexField(
        label=_("NIP or user name"),
        regex=r"^[\w.@+-]+$",
        max_length=150,
        error_messages={"invalid": _("Use letters, digits and . @ + - _ only.")},
    )
    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput, strip=False)
    password_again = forms.CharField(label=_("Password again"), widget=forms.PasswordInput, strip=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        password = values.get("password")
        if password and password != values.get("password_again"):
            self.add_error("password_again", _("The two passwords differ."))
        elif password:
            try:
                validate_password(password, User(username=values.get("username", "")))
            except ValidationError as refusal:
                self.add_error("password", refusal)
        return values


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=User.Language.choices)


class ThemeForm(forms.Form):
    theme = forms.ChoiceField(choices=User.Theme.choices)


class SuperiorForm(forms.Form):
    """Under whom, and from which day."""

    superior = forms.ModelChoiceField(label=_("New direct superior"), queryset=Person.objects.none())
    starts_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    source = forms.CharField(label=_("Letter or reason"), max_length=80)

    def __init__(self, *args: Any, candidates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["superior"].queryset = candidates


class GrantForm(forms.Form):
    """A role for an account, over a unit and everything below it."""

    username = forms.CharField(label=_("NIP or user name"), max_length=150)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    unit = forms.ModelChoiceField(label=_("Unit and everything below"), queryset=Unit.objects.none())
    starts_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units

    def clean_username(self) -> User:
        user = User.objects.filter(username=self.cleaned_data["username"]).first()
        if user is None:
            raise ValidationError(_("No account has this NIP or user name."))
        return user

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day must not be before the first day."))
        return values


MAX_UPLOAD_BYTES = 60 * 1024 * 1024


class ImportForm(forms.Form):
    """A SIASN file and the day from which its differences count."""

    file = forms.FileField(
        label=_("SIASN file (.xlsx or .csv)"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"})
    )
    effective_on = forms.DateField(
        label=_("Differences count from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MAX_UPLOAD_BYTES:
            raise ValidationError(_("The file is larger than 60 MB."))
        return upload


class AccountFilterForm(forms.Form):
    """What the list of accounts can be narrowed by; a value that is none narrows nothing."""

    q = forms.CharField(label=_("Name"), required=False, strip=True)
    unit = forms.ModelChoiceField(label=_("Unit and everything below"), queryset=Unit.objects.none(), required=False)
    keadaan = forms.ChoiceField(label=_("State"), choices=AccountState.choices, required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units

    def wanted(self) -> dict[str, Any]:
        self.is_valid()
        values = self.cleaned_data
        return {
            "text": values.get("q") or "",
            "unit": values.get("unit"),
            "state": values.get("keadaan") or "",
        }


class FirstPasswordForm(forms.Form):
    """The password somebody chooses in exchange for a one-time code."""

    password = forms.CharField(
        label=_("New password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )
    password_again = forms.CharField(
        label=_("Password again"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )

    def __init__(self, *args: Any, user: User, is_code: Callable[[str], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.is_code = user, is_code

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        password, again = values.get("password"), values.get("password_again")
        if not password or not again:
            return values
        if password != again:
            self.add_error("password_again", _("The two passwords differ."))
        elif self.is_code(password):
            self.add_error("password", _("Choose something else than the code."))
        else:
            try:
                validate_password(password, self.user)
            except ValidationError as refusal:
                self.add_error("password", refusal)
        return values
