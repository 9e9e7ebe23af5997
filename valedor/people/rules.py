"""What administrators may not do, and why. Pure: whoever asks brings what the answer needs."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from valedor.clocks.regions import known_regions
from valedor.foundation.multilingual import LANGUAGES
from valedor.foundation.refusals import Refusal
from valedor.people.models import Account, OfficeRequest, Role, Team
from valedor.people.permissions import COMPANY_ROLES, OFFICE_ROLES
from valedor.people.working_hours import read_stretch

# First parts of addresses (the page of an entity lies at /KEY/), and words beside them.
RESERVED_KEYS = frozenset(
    [
        "accessibility",
        "accounts",
        "admin",
        "api",
        "books",
        "case",
        "cases",
        "complain",
        "deadline",
        "demo",
        "design",
        "desk",
        "docs",
        "duty",
        "entity",
        "favicon.ico",
        "healthz",
        "lang",
        "link",
        "mail",
        "media",
        "privacy",
        "readyz",
        "reference",
        "register",
        "robots.txt",
        "s",
        "search",
        "settings",
        "static",
        "v1",
        "webhooks",
    ]
)
_KEY = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_TELEPHONE = re.compile(r"^\+[1-9][0-9 ]{6,18}$")
_USERNAME = re.compile(r"^[\w.+-]{2,60}$")

LONGEST_ABSENCE = 366
LONGEST_HELD = 120
SHORTEST_REACTION, LONGEST_REACTION = 1, 90

_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
# Plain http only on this machine: anybody on the way could put another page around the form.
_ORIGIN = re.compile(
    rf"https://(?:\*\.)?{_LABEL}(?:\.{_LABEL})+(?::[0-9]{{1,5}})?"
    r"|http://(?:localhost|127\.0\.0\.1)(?::[0-9]{1,5})?"
)

TEAM_ROLES = COMPANY_ROLES | OFFICE_ROLES


def nearest(word: str, known: Collection[str]) -> str:
    """The known word that somebody may have meant; the first where none is near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.3)
    return near[0] if near else next(iter(sorted(known)), "")


def why_not_administer(*, by: Account | None, roles: Collection[str]) -> Refusal | None:
    """Settings are changed by administrators, and by whoever sits at the console (None)."""
    if by is None or Role.ADMINISTRATOR in roles:
        return None
    return Refusal("not_administrator", _("Only an administrator changes settings."))


def why_not_key(key: str, *, reserved: Collection[str] = ()) -> Refusal | None:
    """A key is a short word for addresses and files."""
    if not _KEY.match(key) or len(key) > 40:
        return Refusal(
            "key_unreadable",
            _("“%(key)s” cannot be a key: write small letters, digits and hyphens, at most 40."),
            {"key": key},
        )
    if key in reserved:
        return Refusal(
            "key_reserved",
            _("“%(key)s” is an address of the installation: choose another key."),
            {"key": key},
        )
    return None


def why_not_place(*, country: str, region: str, timezone: str) -> Refusal | None:
    """Country and region are those of working calendars; the zone is one of the tz database."""
    regions = known_regions()
    countries = [key for key in regions if len(key) == 2]
    if country not in countries:
        return _unknown(
            "unknown_country", _("There is no country %(word)s: try %(near)s."), country, countries
        )
    if region != country and not region.startswith(f"{country}-"):
        return Refusal(
            "region_elsewhere",
            _("The region %(region)s does not lie in %(country)s."),
            {"region": region, "country": country},
        )
    if region not in regions:
        return _unknown(
            "unknown_region", _("There is no region %(word)s: try %(near)s."), region, regions
        )
    if timezone not in available_timezones():
        return _unknown(
            "unknown_timezone",
            _("There is no time zone %(word)s: try %(near)s."),
            timezone,
            available_timezones(),
        )
    return None


def why_not_languages(languages: Sequence[str], default: str) -> Refusal | None:
    """An entity speaks some of the four languages, one of them by default."""
    if not languages:
        return Refusal("no_language", _("An entity speaks at least one language."))
    for language in (*languages, default):
        if language not in LANGUAGES:
            return _unknown(
                "unknown_language",
                _("There is no language %(word)s here: try %(near)s."),
                language,
                LANGUAGES,
            )
    if default not in languages:
        return Refusal(
            "default_not_spoken",
            _("The default language %(language)s is not among the languages of the entity."),
            {"language": default},
        )
    return None


def why_not_username(username: str) -> Refusal | None:
    """A name to sign in with; an address is recognised by its @, so a name has none."""
    if _USERNAME.match(username):
        return None
    return Refusal(
        "username_unreadable",
        _("“%(username)s” cannot be a user name: write 2 to 60 letters, digits, dots or hyphens."),
        {"username": username},
    )


def why_not_telephone(number: str) -> Refusal | None:
    """A number with its country, so that any gateway reaches it; or none."""
    if not number or _TELEPHONE.match(number):
        return None
    return Refusal(
        "telephone_unreadable",
        _("Write the number with its country and nothing else: +34 600 000 000."),
    )


def why_not_role_there(
    role: str, *, team: Team | None, entities: Sequence[object]
) -> Refusal | None:
    """Roles that work on cases are held in a team, an auditor's over entities, others plainly."""
    if role not in Role.values:
        return _unknown(
            "unknown_role", _("There is no role %(word)s: try %(near)s."), role, Role.values
        )
    name = {"role": Role(role).label}
    if role in TEAM_ROLES and team is None:
        return Refusal("role_needs_team", _("The role %(role)s is held in a team."), name)
    if role not in TEAM_ROLES and team is not None:
        return Refusal("role_without_team", _("The role %(role)s is held without a team."), name)
    if role == Role.AUDITOR and not entities:
        return Refusal("auditor_needs_entities", _("An auditor audits at least one entity."))
    if role != Role.AUDITOR and entities:
        return Refusal("entities_of_auditor", _("Only an auditor's role names entities."))
    if team is not None:
        return _why_not_in_team(role, team)
    return None


def _why_not_in_team(role: str, team: Team) -> Refusal | None:
    if not team.is_active:
        return Refusal("team_inactive", _("This team does not work any more."))
    if (role in OFFICE_ROLES) != (team.purpose == Team.Purpose.OMBUDSMAN):
        return Refusal(
            "office_apart",
            _("The ombudsman's office and the company's teams are kept apart."),
        )
    if (role == Role.AREA) != (team.purpose == Team.Purpose.AREA):
        return Refusal(
            "area_apart",
            _("Whoever answers for an area sits in that area's team, and nobody else does."),
        )
    return None


def why_not_together(role: str, *, held: Collection[str]) -> Refusal | None:
    """The wall and the separation of settings from cases hold for each person."""
    roles = {role, *held}
    if roles & OFFICE_ROLES and roles - OFFICE_ROLES:
        return Refusal(
            "office_is_exclusive",
            _("Whoever sits in the ombudsman's office holds no other role."),
        )
    if Role.ADMINISTRATOR in roles and roles - {Role.ADMINISTRATOR}:
        return Refusal(
            "administrator_sees_no_cases",
            _("An administrator sees no cases: the other roles need an account of their own."),
        )
    return None


def why_not_grant(
    account: Account, role: str, *, by: Account | None, held: Collection[str]
) -> Refusal | None:
    """Nobody grants a role to themselves; the office is granted with its own yes."""
    if by is not None and by.pk == account.pk:
        return Refusal("self_grant", _("Nobody grants a role to themselves."))
    if not account.is_active:
        return Refusal("account_inactive", _("This person cannot sign in any more."))
    return why_not_together(role, held=held)


def why_office_first(role: str) -> Refusal | None:
    """Some roles wait for a yes of the office."""
    if role in OFFICE_ROLES:
        return Refusal(
            "office_must_confirm",
            _("The ombudsman's office confirms this first: ask it."),
        )
    return None


def why_not_touch_sign_in(*, holds_office: bool) -> Refusal | None:
    """Whoever could make a link or change an address alone could sign in as the ombudsman."""
    if holds_office:
        return Refusal(
            "office_must_confirm",
            _("The ombudsman's office confirms this first: ask it."),
        )
    return None


def why_not_give_up(*, is_administrator: bool, others: int) -> Refusal | None:
    """Somebody must be left who can change settings."""
    if is_administrator and others == 0:
        return Refusal(
            "last_administrator",
            _("This is the last administrator: name another one first."),
        )
    return None


def why_not_tell_absence(
    account: Account, *, by: Account | None, roles: Collection[str], led: Collection[int]
) -> Refusal | None:
    """When somebody is away is said by themselves, by who leads them, or by an administrator.

    ``led`` are the accounts that ``by`` leads.
    """
    if not account.is_active:
        return Refusal("account_inactive", _("This person cannot sign in any more."))
    if by is None or by.pk == account.pk or account.pk in led or Role.ADMINISTRATOR in roles:
        return None
    return Refusal(
        "not_theirs_to_say",
        _("When somebody is away is said by themselves, by who leads them or an administrator."),
    )


def why_not_away(
    from_on: date, to_on: date, *, today: date, others: Sequence[tuple[date, date]]
) -> Refusal | None:
    """``others`` are the absences that are known of the same person, both days included."""
    if to_on < from_on:
        return Refusal("ends_before_it_begins", _("The last day lies before the first one."))
    if to_on < today:
        return Refusal("over_already", _("This absence would be over already."))
    if (to_on - from_on).days > LONGEST_ABSENCE:
        return Refusal(
            "absent_too_long",
            _("An absence lasts a year at most: take the sign-in away instead."),
        )
    for first, last in others:
        if first <= to_on and from_on <= last:
            return Refusal(
                "away_already",
                _("They are away from %(first)s to %(last)s already: end that absence first."),
                {"first": first.isoformat(), "last": last.isoformat()},
            )
    return None


def why_not_end_absence(*, is_over: bool) -> Refusal | None:
    """What is over, or was withdrawn, has no end left."""
    if is_over:
        return Refusal("over_already", _("This absence is over already."))
    return None


def why_not_ask_office(*, by: Account | None, roles: Collection[str]) -> Refusal | None:
    """The office must know who asks: the console has no name."""
    if by is None or Role.ADMINISTRATOR not in roles:
        return Refusal(
            "office_asked_by_administrator",
            _("The ombudsman's office is asked by an administrator who says who they are."),
        )
    return None


def why_not_answer(
    request: OfficeRequest,
    *,
    by: Account,
    roles: Collection[str],
    office: Collection[int],
    confirm: bool,
) -> Refusal | None:
    """Who says yes: the office; where nobody else holds it, an administrator who did not ask."""
    if request.answered_at is not None:
        return Refusal("already_answered", _("This has been answered already."))
    if not confirm and by.pk == request.asked_by_id:
        return None
    if by.pk in {request.asked_by_id, request.account_id}:
        return Refusal("own_request", _("Somebody else confirms what one asked or gets."))
    if office and by.pk not in office:
        return Refusal("not_of_the_office", _("Only the ombudsman's office confirms this."))
    if not office and Role.ADMINISTRATOR not in roles:
        return Refusal(
            "second_administrator",
            _("Nobody else holds the office now: a second administrator confirms this."),
        )
    return None


def _unknown(code: str, sentence: object, word: str, known: Collection[str]) -> Refusal:
    return Refusal(code, sentence, {"word": word, "near": nearest(word, known)})  # type: ignore[arg-type]


def why_not_trade_hours(hours: int) -> Refusal | None:
    """The trade's own first answer, where nothing stricter binds: within a day or two."""
    if hours in {24, 48}:
        return None
    return Refusal(
        "trade_hours", _("The first answer of the trade comes within 24 or within 48 hours.")
    )


def why_not_embedding_sites(sites: Collection[str]) -> Refusal | None:
    """Each is the origin of a site, as a browser compares it: scheme and host, and no path."""
    for site in sites:
        if not _ORIGIN.fullmatch(site):
            return Refusal(
                "site_unreadable",
                _(
                    "“%(site)s” is no site: write https:// and the host, without a path, such as "
                    "https://www.example.org."
                ),
                {"site": site[:80]},
            )
    return None


def why_not_days_to_react(days: int) -> Refusal | None:
    """Time to read an answer and to disagree: a day at least, and a season at most."""
    if SHORTEST_REACTION <= days <= LONGEST_REACTION:
        return None
    return Refusal(
        "days_to_react",
        _("A person has between %(least)s and %(most)s days to say that they do not agree."),
        {"least": SHORTEST_REACTION, "most": LONGEST_REACTION},
    )


def why_not_seconds_to_take_back(seconds: int) -> Refusal | None:
    """Long enough to notice a slip, too short to keep anybody waiting."""
    if 0 <= seconds <= LONGEST_HELD:
        return None
    return Refusal(
        "seconds_to_take_back",
        _("An answer waits between 0 and %(most)s seconds before it leaves."),
        {"most": LONGEST_HELD},
    )


def why_not_team(
    *, name: Mapping[str, str], entities: Sequence[object], purpose: str
) -> Refusal | None:
    """A team has a name in some language, a purpose, and serves somebody."""
    if purpose not in Team.Purpose.values:
        return _unknown(
            "unknown_purpose",
            _("There is no purpose %(word)s: try %(near)s."),
            purpose,
            Team.Purpose.values,
        )
    if not any(text.strip() for text in name.values()):
        return Refusal("no_name", _("A team has a name in at least one language."))
    if not entities:
        return Refusal("team_serves_nobody", _("A team serves at least one entity."))
    return None


def why_not_hours(line: str) -> Refusal | None:
    """Whether a line of somebody's working hours can be read."""
    try:
        read_stretch(line)
    except ValueError:
        return Refusal(
            "hours_unreadable",
            _("“%(line)s” names no hours. Write it like this: mon-fri 09:00-15:00"),
            {"line": line},
        )
    return None
