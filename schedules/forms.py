"""Text in, domain values out."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personnel.models import Person, Unit
from personnel.queries import perangkat_daerah_on
from schedules.models import AnswerChoice, CategoryChoice
from schedules.queries.words import CHOICES, HELP, LABELS, WEEKDAY_NAMES
from schedules.rules import policy_kinds as kinds
from schedules.rules.policy import FIELDS, Category, Treatment, WfhRules, write_parameters

CATEGORY_PREFIX = "category_"
TEXT_LISTS = ("blocked_dates",)
HIDDEN = ("decisions", "excluded_units", "categories", "excluded_position_kinds", "box9_boxes", "employment_kinds")

GROUPS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("ratio", gettext_lazy("Ratio"), ("ratio_percent", "ratio_base", "ratio_scope")),
    (
        "days",
        gettext_lazy("Days"),
        ("fixed_weekdays", "fixed_days_for_everyone", "blocked_weekdays", "blocked_dates"),
    ),
    (
        "limits",
        gettext_lazy("Limits per person"),
        ("max_days_per_week", "max_consecutive", "min_office_days_per_week", "guaranteed_days_per_month"),
    ),
    ("coverage", gettext_lazy("Coverage of each unit"), ("min_office_heads", "min_office_percent")),
    (
        "excluded",
        gettext_lazy("Who is left out"),
        (
            "exclude_direct_service",
            "exclude_shift_work",
            "exclude_unit_heads",
            "excluded_unit_kinds",
            "excluded_echelons",
            "min_tenure_months",
            "min_predikat",
            "predikat_required",
            "discipline",
        ),
    ),
    (
        "people",
        gettext_lazy("Personal circumstances"),
        (
            *(f"{CATEGORY_PREFIX}{category.value}" for category in Category),
            "age_over",
            "travel_days",
            "mandatory_before_exclusions",
        ),
    ),
    (
        "reward",
        gettext_lazy("Permanent WFA and the reward of box 9"),
        (
            "permanent_wfa",
            "permanent_counts_in_ratio",
            "box9_mode",
            "box9_exempt_from_limits",
            "box9_after",
            "only_reward",
        ),
    ),
    (
        "duties",
        gettext_lazy("Duties and deadline"),
        ("report_duty", "daily_target_before", "response_minutes", "submission_days_before"),
    ),
)


def field_for(name: str) -> forms.Field:
    """The form field of one parameter, by its kind; limits are those of the rules."""
    kind = FIELDS[name].metadata["kind"]
    named = {"label": LABELS[name], "help_text": HELP.get(name, ""), "required": False}
    match kind:
        case kinds.Flag():
            return forms.BooleanField(**named)
        case kinds.WholeNumber():
            named["required"] = not kind.optional
            return forms.IntegerField(min_value=kind.low, max_value=kind.high, **named)
        case kinds.OneOf():
            empty = [("", _("no condition"))] if kind.optional else []
            named["required"] = not kind.optional
            return forms.ChoiceField(choices=[*empty, *CHOICES[name]], **named)
        case kinds.Numbers():
            return forms.TypedMultipleChoiceField(
                coerce=int, choices=WEEKDAY_NAMES, widget=forms.CheckboxSelectMultiple, **named
            )
        case kinds.Words():
            return forms.MultipleChoiceField(choices=CHOICES[name], widget=forms.CheckboxSelectMultiple, **named)
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **named)


class PolicyForm(forms.Form):
    """One WFH document: where and from when it holds, and every parameter."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        required=False,
        label=gettext_lazy("Perangkat daerah"),
        empty_label=gettext_lazy("Whole institution"),
    )
    number = forms.CharField(label=gettext_lazy("Number of the document"), max_length=120)
    legal_basis = forms.CharField(label=gettext_lazy("Legal basis"), max_length=300)
    starts_on = forms.DateField(label=gettext_lazy("Holds from"), widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(
        label=gettext_lazy("until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    decision_note = forms.CharField(
        label=gettext_lazy("Decision about contradictions between decrees"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Recorded with your name where this document departs from another one."),
    )

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = perangkat_daerah_on(day)
        for _key, _title, names in GROUPS:
            for name in names:
                self.fields[name] = category_field(name) if name.startswith(CATEGORY_PREFIX) else field_for(name)

    def groups(self) -> list[dict[str, Any]]:
        """The parameters by topic, as the page shows them."""
        return [{"key": key, "title": title, "fields": [self[name] for name in names]} for key, title, names in GROUPS]

    def clean_blocked_dates(self) -> list[dict[str, str]]:
        """One day a line: `2026-12-07 Apel`."""
        rows = []
        for line in self.cleaned_data["blocked_dates"].splitlines():
            if not line.strip():
                continue
            written, _space, label = line.strip().partition(" ")
            try:
                date.fromisoformat(written)
            except ValueError:
                raise forms.ValidationError(
                    _("%(line)s does not begin with a date written YYYY-MM-DD.") % {"line": line.strip()[:40]}
                ) from None
            rows.append({"day": written, "label": label.strip() or _("everybody at the office")})
        return rows

    def parameters(self) -> dict[str, Any]:
        """The JSON form of every parameter on the form."""
        found: dict[str, Any] = {}
        categories = []
        for _key, _title, names in GROUPS:
            for name in names:
                value = self.cleaned_data[name]
                if not name.startswith(CATEGORY_PREFIX):
                    found[name] = None if value == "" and name not in TEXT_LISTS else value
                elif value:
                    categories.append(
                        {"category": name.removeprefix(CATEGORY_PREFIX), "treatment": value, "entered_by": "OFFICER"}
                    )
        found["categories"] = categories
        return found


def category_field(name: str) -> forms.ChoiceField:
    choices = [("", _("not named"))] + [(t.value, CHOICES["treatment"][t.value]) for t in Treatment]
    return forms.ChoiceField(choices=choices, required=False, label=LABELS[name])


def initial_of(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the form for stored parameters; what they do not name has its default."""
    values = {**write_parameters(WfhRules()), **parameters}
    initial = {name: value for name, value in values.items() if name not in HIDDEN}
    initial["blocked_dates"] = "\n".join(f"{row['day']} {row['label']}" for row in values["blocked_dates"])
    for row in values["categories"]:
        initial[f"{CATEGORY_PREFIX}{row['category']}"] = row["treatment"]
    return initial


def only_changes(parameters: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """What a unit's document sets of its own: the values that differ from those inherited."""
    return {name: value for name, value in parameters.items() if value != above.get(name)}


class GenerateForm(forms.Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Perangkat daerah"))
    month = forms.DateField(label=gettext_lazy("Month"), input_formats=["%Y-%m", "%Y-%m-%d"])

    def __init__(self, *args: Any, units, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units


class CellForm(forms.Form):
    person = forms.IntegerField(min_value=1)
    position = forms.IntegerField(min_value=0, max_value=30)
    home = forms.NullBooleanField(required=False)
    locked = forms.NullBooleanField(required=False)


class DecisionForm(forms.Form):
    """BKD's decision on one or many versions."""

    decision = forms.ChoiceField(choices=[("ratify", _("ratify")), ("return", _("return"))])
    versions = forms.TypedMultipleChoiceField(coerce=int, choices=())
    decree_number = forms.CharField(required=False, max_length=120)
    reason = forms.CharField(required=False, max_length=500)

    def __init__(self, *args: Any, version_ids: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["versions"].choices = [(key, key) for key in version_ids]


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=500)


class ExceptionForm(forms.Form):
    answer = forms.ChoiceField(choices=AnswerChoice.choices, label=gettext_lazy("Answer"))
    starts_on = forms.DateField(label=gettext_lazy("from"), widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(
        label=gettext_lazy("until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
    legal_basis = forms.CharField(label=gettext_lazy("Legal basis"), max_length=200, required=False)


class CategoryForm(forms.Form):
    category = forms.ChoiceField(choices=CategoryChoice.choices, label=gettext_lazy("Category"))
    starts_on = forms.DateField(label=gettext_lazy("from"), widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(
        label=gettext_lazy("until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


class GroupForm(forms.Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Unit"))
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    min_office = forms.IntegerField(label=gettext_lazy("At least at the office"), min_value=1, max_value=1000)
    people = forms.ModelMultipleChoiceField(Person.objects.none(), label=gettext_lazy("Members"))
    starts_on = forms.DateField(label=gettext_lazy("from"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, units, people, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["people"].queryset = people
