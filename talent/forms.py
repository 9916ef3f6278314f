"""Text in, values out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from talent.models import Profile


class OpenPeriodForm(forms.Form):
    name = forms.CharField(label=_("Name of the period"), max_length=80)
    profile = forms.ModelChoiceField(label=_("Scoring profile"), queryset=Profile.objects.none())
    reckoning_on = forms.DateField(
        label=_("Day of reckoning"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Facts count as they stand on this day."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profile"].queryset = Profile.objects.newest_first()
        self.fields["profile"].label_from_instance = lambda profile: f"{profile} · {profile.name}"


class PublishForm(forms.Form):
    objections_until = forms.DateField(
        label=_("Objections until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day on which people may object."),
    )
