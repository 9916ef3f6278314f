"""The accounts of people: opening them, codes for the first sign-in, unlocking. For officers and BKD."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from common.errors import DomainError
from common.paging import page_of
from personnel import access, actions, queries, tasks
from personnel.actions import sign_in
from personnel.forms import AccountFilterForm
from personnel.models import AccountState, Person

WITHOUT_PASSWORD = (AccountState.NONE, AccountState.WAITING)


class _Narrowed:
    """The people in the reader's reach, under the filters of the URL; POSTs carry the same filters."""

    def __init__(self, request: HttpRequest) -> None:
        access.require(access.may_keep_accounts(request.user))
        self.now = timezone.now()
        self.day = timezone.localdate(self.now)
        self.reach = queries.accounts_in_reach(request.user, self.day, self.now)
        self.units = queries.units_of_accounts(request.user, self.day)
        self.wanted = AccountFilterForm(request.GET, units=self.units).wanted()

    def rows(self, **changes: Any) -> Any:
        return queries.narrowed_accounts(self.reach, self.day, **{**self.wanted, **changes})

    @property
    def address(self) -> str:
        """The list with these filters, rebuilt from what was understood."""
        unit = self.wanted["unit"]
        named = {"q": self.wanted["text"], "unit": unit.pk if unit else "", "keadaan": self.wanted["state"]}
        query = urlencode({key: value for key, value in named.items() if value})
        return reverse("personnel:account_list") + (f"?{query}" if query else "")


@require_GET
def account_list(request: HttpRequest) -> HttpResponse:
    """Who can sign in, who waits for a code, who is locked out."""
    narrowed = _Narrowed(request)
    page = page_of(request, narrowed.rows().select_related("user", "user__access_code"))
    held = queries.appointments_of([person.pk for person in page], narrowed.day)
    units = {row.person_id: row.unit for row in held}
    counts = queries.account_counts(narrowed.rows(state=""))
    number = {value: count for value, _label, count in counts}
    context = {
        "page": page,
        "lines": [{"person": person, "unit": units.get(person.pk)} for person in page],
        "counts": counts,
        "everyone": sum(number.values()),
        "missing": number[AccountState.NONE],
        "without_password": number[AccountState.NONE] + number[AccountState.WAITING],
        "sheet_size": sign_in.CODES_AT_ONCE,
        "wanted": narrowed.wanted,
        "units": narrowed.units,
        "query": narrowed.address.partition("?")[2],
        "days": sign_in.CODE_LIFETIME.days,
    }
    return render(request, "personnel/account_list.html", context)


@require_POST
def account_create(request: HttpRequest) -> HttpResponse:
    """Open the missing accounts of the list; the page of the job shows how far it is."""
    narrowed = _Narrowed(request)
    unit = narrowed.wanted["unit"]
    try:
        job = actions.start_job(
            kind="accounts.create",
            scope=f"accounts/{request.user.pk}",
            title=_("Create accounts"),
            params={"text": narrowed.wanted["text"], "unit": unit.pk if unit else None, "url": narrowed.address},
            actor=request.user,
            now=narrowed.now,
        )
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect(narrowed.address)
    tasks.create_accounts.delay_on_commit(job_id=job.pk)
    return redirect("personnel:job_detail", job_id=job.pk)


@never_cache
@require_POST
def account_issue_codes(request: HttpRequest) -> HttpResponse:
    """Codes for the chosen, or for everyone of the list without a password: the sheet is this answer, once."""
    narrowed = _Narrowed(request)
    person_ids = _everyone_waiting(narrowed) if "everyone" in request.POST else _chosen(request, narrowed)
    if not person_ids:
        messages.info(request, _("Nobody was chosen, or everyone here has a password or a code already."))
        return redirect(narrowed.address)
    try:
        issued = sign_in.issue_codes(person_ids=person_ids, actor=request.user, now=narrowed.now)
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect(narrowed.address)
    held = queries.appointments_of([row.user.person_id for row in issued], narrowed.day)
    units = {row.person_id: row.unit.name for row in held}
    strips = [{"issued": row, "unit": units.get(row.user.person_id, "")} for row in issued]
    context = {
        "strips": sorted(strips, key=lambda strip: strip["unit"]),
        "expires_at": issued[0].expires_at,
        "address": request.build_absolute_uri(reverse("home")),
        "back": narrowed.address,
        "left": narrowed.rows(state="").filter(state__in=WITHOUT_PASSWORD, may_receive_code=True).count(),
    }
    return render(request, "personnel/code_sheet.html", context)


def _everyone_waiting(narrowed: _Narrowed) -> list[int]:
    waiting = narrowed.rows(state="").filter(state__in=WITHOUT_PASSWORD, may_receive_code=True)
    return list(waiting.values_list("pk", flat=True)[: sign_in.CODES_AT_ONCE])


def _chosen(request: HttpRequest, narrowed: _Narrowed) -> list[int]:
    """Keys of the ticked people; somebody out of reach does not exist here."""
    asked = {int(key) for key in request.POST.getlist("person") if key.isdecimal()}
    found = set(narrowed.reach.filter(pk__in=asked).values_list("pk", flat=True))
    if found != asked:
        raise Http404
    return sorted(found)


@require_POST
def account_unlock(request: HttpRequest, person_id: int) -> HttpResponse:
    """Let somebody try again who failed too often."""
    narrowed = _Narrowed(request)
    person: Person = get_object_or_404(narrowed.reach.filter(user__isnull=False).select_related("user"), pk=person_id)
    sign_in.unlock_account(user=person.user, actor=request.user, now=narrowed.now)
    messages.success(request, _("%(name)s may try again.") % {"name": person.full_name})
    return redirect(narrowed.address)
