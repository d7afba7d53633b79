"""Services that people are pointed to: which may be shown at all, which fit, and how one is written in a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import audit, clock, wording
from bot.db import lock
from bot.models import Service, Staff
from bot.programme import areas, needs

#: Topic asked for → topics of the directory that help with it too, after its own.
RELATED: dict[str, tuple[str, ...]] = {
    "financial_health": ("gambling", "food"),
    "physical_health": ("smoking",),
    "womens_health": (),
}
#: Topics in which danger to life or limb is possible: here an urgent request always finds the crisis lines.
DANGER = frozenset({"suicide_prevention", "mental_health", "domestic_abuse", "alcohol", "drugs", "womens_health"})
#: Near before far. A sector's own services come first when that sector is asked for, last when none is: for most
#: people they are the wrong ones.
_LOCALITY = {"glasgow-wide": 1, "scotland": 2, "uk": 3}
#: A word in more services than this says nothing about what is wanted; nor does any of these.
_TOO_COMMON = 6
#: A person's check of a service is good for this long.
CHECK_GOOD_FOR = timedelta(days=180)
#: Numbers that everybody knows to be right.
SURE_NUMBERS = frozenset({"999"})
#: What staff may correct, and how long it may be.
EDITABLE = {
    "name": 120, "what": 300, "phone": 40, "sms": 40, "sms_keyword": 20, "hours": 200, "address": 200, "url": 300,
}  # fmt: skip
_SAY_NOTHING = frozenset(
    "stop need want lose help with from have make your find some them this that what when where there here about "
    "someone people service group talk chat please today taking getting anyone somewhere thing woman women only "
    "north south east west glasgow city centre free near nearest place line live more other their join after".split()
)


def find(
    db: Session,
    *,
    topics: Sequence[str] = (),
    area: str | None = None,
    women_only: bool = False,
    need: str | None = None,
    urgent: bool = False,
    text: str = "",
    live: bool = False,
    limit: int | None = 3,
    exclude: Collection[str] = (),
    at: datetime | None = None,
) -> list[Service]:
    """Services that fit, the best first; an empty list when none does.

    `topics` are the programme's eight or the directory's own, the most important first; `need` is one of needs.NEEDS
    (KeyError if not), and is looked for in `text` when it is not given. `area` is a sector or a district. With
    `women_only` nothing but services for women (on women's health, those for everyone too). `live`: only what a person
    has checked, with the check in date.

    Order: crisis lines when urgent; the need; what one can go to without a referral; words of the request; the topic;
    near before far; a fresh check before an old one.
    """
    at = at or clock.now()
    wanted = [need] if need else needs.needs_of(text)
    wanted_topics = list(dict.fromkeys([*topics, *(t for n in wanted for t in needs.NEEDS[n].topics)]))
    shown = [s for s in _showable(db, live, at) if s.slug not in exclude]
    sector = areas.sector_of(area)
    if area and not sector:
        sector = "elsewhere"  # a place we do not know: whole-city services only, rather than somebody else's sector
    words = _telling_words(text, shown)
    # Words of the request count as asking for women's (or men's) services; so does a topic that is women's own.
    women = women_only or "womens_health" in topics or needs.asks_for_women(text)
    men = not women_only and needs.asks_for_men(text)

    ranked = []
    for service in shown:
        sex = needs.only_for(service.audience)
        if women_only and sex != "women" and not ("womens_health" in topics and "womens_health" in service.topics):
            continue
        if sex == "women" and not women or sex == "men" and not men:
            continue
        if not needs.within_limits(service.audience, f"{text} {' '.join(wanted)}"):
            continue
        if sector and service.area in areas.SECTORS and service.area != sector:
            continue
        described = f"{service.name} {service.what}"
        fit = _fit(service, wanted_topics)
        matches = sum(needs.fits(n, described) for n in wanted) if fit else 0
        said = len(words & _words(described)) + (sex == "women" and needs.asks_for_women(text)) + (sex == "men")
        crisis = _crisis_rank(service, fit, wanted_topics) if urgent else None
        if (wanted_topics or text or urgent) and not fit and not said and crisis is None:
            continue
        usual = sum(needs.fits(n, described) for t in wanted_topics for n in needs.USUAL.get(t, ()))
        # A word that it happens to share counts only where its topic fits: a credit union is no place for a test.
        told = matches or (fit and said)
        ranked.append((_key(service, crisis, matches, said, fit, usual, sector, at), told, service))
    if wanted and not urgent and any(matched for _, matched, _ in ranked):
        ranked = [row for row in ranked if row[1]]  # a place for naloxone, rather than anything about drugs
    elif wanted and not urgent and all(needs.NEEDS[n].only for n in wanted):
        return []  # no debt line for somebody who asks about gambling
    return [service for _, _, service in sorted(ranked, key=lambda row: row[0])][:limit]


def check(db: Session, slug: str, by: Staff, *, good_for: timedelta = CHECK_GOOD_FOR) -> Service:
    """Note that `by` has rung or visited the service and every line of it is right. LookupError when there is none."""
    service = lock(db, Service, slug)
    if service is None:
        raise LookupError("no such service")
    now = clock.now()
    service.checked_by, service.checked_at, service.check_due = by.name, now, now + good_for
    audit.record(db, audit.staff(by.id), "service.checked", f"service:{slug}")
    return service


def hold(db: Session, slug: str, by: Staff, on: bool) -> Service:
    """Keep a service from participants, or let it be shown again (where its confidence allows it)."""
    service = lock(db, Service, slug)
    if service is None:
        raise LookupError("no such service")
    service.hold, service.edited = on, True
    audit.record(db, audit.staff(by.id), "service.held", f"service:{slug}", hold=on)
    return service


def edit(db: Session, slug: str, by: Staff, values: Mapping[str, str]) -> Service:
    """Correct what is said of a service (EDITABLE). Its check is void: nobody has rung the new number yet.

    ValueError, with a sentence, when its line would not fit a text, or it would be left without any way in.
    """
    service = lock(db, Service, slug)
    if service is None:
        raise LookupError("no such service")
    changed = {name: values[name].strip() or None for name in EDITABLE if name in values}
    if not changed.get("name", service.name) or not changed.get("what", service.what):
        raise ValueError("A service has a name, and says what it does.")
    for name, longest in EDITABLE.items():
        if len(changed.get(name) or "") > longest:
            raise ValueError(f"{name.replace('_', ' ').capitalize()}: at most {longest} characters.")
    for name in ("phone", "sms"):
        if changed.get(name) and not re.fullmatch(r"[\d ]{3,15}", changed[name]):
            raise ValueError("A number is written in digits and spaces, as people dial it: 0141 496 0000.")
    for name, value in changed.items():
        setattr(service, name, value)
    line = lines(service, clock.today())
    if not wording.is_gsm(line) or wording.size(line).units > wording.ANSWER_BUDGET:
        raise ValueError("This is too long for a text, or has characters that a text cannot carry.")
    service.edited = True
    service.checked_by = service.checked_at = service.check_due = None
    audit.record(db, audit.staff(by.id), "service.edited", f"service:{slug}")
    return service


def directory(db: Session, at: datetime | None = None) -> list[Service]:
    """Every service for staff to look over: those never checked first, then by how soon the check runs out."""
    query = sa.select(Service).order_by(
        Service.check_due.is_not(None), Service.check_due, Service.position, Service.slug
    )
    return list(db.execute(query).scalars())


def need_of(text: str) -> str | None:
    """The first need that a text names; None when it names none."""
    return next(iter(needs.needs_of(text)), None)


def get(db: Session, slug: str, *, live: bool = False, at: datetime | None = None) -> Service | None:
    """One service by its slug, if participants may see it; None otherwise."""
    return next((s for s in _showable(db, live, at or clock.now(), slug) if s.slug == slug), None)


def crisis_line(slugs: Sequence[str]) -> str | None:
    """The reviewed number of the first crisis line among these services, as it is said whether or not their entry in
    the directory may be shown; None where none of them is one."""
    key = next((needs.CRISIS_LINES[slug] for slug in slugs if slug in needs.CRISIS_LINES), None)
    return wording.say(f"service.line_{key}", number=wording.crisis_numbers()[key]) if key else None


def lines(service: Service, today: date) -> str:
    """One service as a participant reads it: name, what it does, way in, hours, cost of a call, last check.

    What it does is left out where the line would not fit two segments with it.
    """
    whole = _line(service, today, what=True)
    return whole if wording.size(whole).units <= wording.ANSWER_BUDGET else _line(service, today, what=False)


def _line(service: Service, today: date, *, what: bool) -> str:
    sex = needs.only_for(service.audience)
    name = f"{service.name} ({wording.say(f'service.{sex}')})" if sex else service.name
    way = way_in(service)
    if what and service.what:
        way = way[0].upper() + way[1:]
        parts = [wording.say("service.line_what", name=name, what=_first_sentence(service.what), way=way)]
    else:
        parts = [wording.say("service.line", name=name, way=way)]
    if service.self_referral is False:
        parts.append(wording.say("service.refer"))
    if service.hours:
        hours = service.hours.rstrip(".")
        says_of_what = ":" in re.sub(r"\d:\d", "", hours)  # "Clean needles: 24 hours"
        parts.append(wording.say("service.hours_of" if says_of_what else "service.hours", hours=hours))
    return wording.to_gsm(" ".join([*parts, *last_check(service, today)]))


def last_check(service: Service, today: date) -> list[str]:
    """When a person checked it last, or that none has, as a sentence in a list; none for what everybody knows."""
    if service.checked_at is not None and clock.london(service.checked_at).date() <= today:
        return [wording.say("service.checked", month=f"{clock.london(service.checked_at):%b %Y}")]
    if service.phone in SURE_NUMBERS:
        return []
    return [wording.say("service.unchecked" if service.phone else "service.unchecked_no_phone")]


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[a-z)])\.\s", text.strip(), maxsplit=1)[0].rstrip(".")


def _showable(db: Session, live: bool, at: datetime, slug: str | None = None) -> list[Service]:
    """What participants may see at all. Closed by default: an unknown confidence is not shown."""
    query = sa.select(Service).where(Service.confidence.in_(("confirmed", "secondary")), Service.hold.is_(False))
    if live:
        query = query.where(Service.checked_at.is_not(None), Service.checked_at <= at, Service.check_due > at)
    if slug:
        query = query.where(Service.slug == slug)
    return list(db.execute(query.order_by(Service.position, Service.slug)).scalars())


def _fit(service: Service, topics: Sequence[str]) -> float:
    """How well a service's topics answer those asked for; the first of either counts most. 0: not at all."""
    own = [t for t in service.topics if t != "emergency"] or list(service.topics)
    best = 0.0
    for place, topic in enumerate(topics):
        weight = 1 / (1 + place)
        if topic in service.topics:
            near_top = own.index(topic) if topic in own else len(own)
            best = max(best, weight * (1.0 if near_top == 0 else 0.6 if near_top == 1 else 0.4))
        elif set(RELATED.get(topic, ())) & set(service.topics):
            best = max(best, weight * 0.3)
    return best


def _crisis_rank(service: Service, fit: float, topics: Sequence[str]) -> int | None:
    """For an urgent request: 0 day and night for just this, 1 for any danger (999, 111), 2 an emergency service."""
    if "emergency" not in service.topics:
        return None
    day_and_night = re.search(r"\b24 hours|24/7", service.hours or "") is not None
    if fit and day_and_night:
        return 0
    if service.topics[0] == "emergency" and service.audience == "everyone" and day_and_night:
        return 1 if not topics or DANGER & set(topics) else None
    return 2 if fit else None


def _key(
    service: Service,
    crisis: int | None,
    matches: int,
    said: int,
    fit: float,
    usual: int,
    sector: str | None,
    at: datetime,
) -> tuple:
    """What `find` sorts by, smallest first; see there for the order."""
    locality = 0 if sector and service.area == sector else _LOCALITY.get(service.area, _LOCALITY["uk"] + 1)
    not_urgent = crisis is None
    return (
        3 if crisis is None else crisis,
        -matches,
        service.self_referral is False,
        -said,
        not_urgent and service.phone in ("999", "101"),  # not where an ordinary question belongs
        -round(fit, 2),
        -usual,
        not_urgent and locality,
        not_urgent and not (service.phone or service.sms or service.address),  # online only: no use without data
        not_urgent and _staleness(service, at),
        service.position,
    )


def _staleness(service: Service, at: datetime) -> int:
    """0 checked by a person and in date, then by the year of the page it was seen on, undated ones last."""
    if service.checked_at is not None and service.check_due is not None and service.check_due > at:
        return 0
    years = [int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", service.seen or "")]
    return 4 if not years else 1 if max(years) >= at.year - 2 else 2 if max(years) >= at.year - 6 else 3


def way_in(service: Service) -> str:
    """How one gets hold of it, to be said within a sentence: "call 0141 496 0000", "go to 12 Sample Street"."""
    if service.phone:
        key = "service.phone_free" if service.cost_to_call == "free" else "service.phone"
        return wording.say(key, number=service.phone)
    if service.sms:
        key = "service.sms" if service.sms_keyword else "service.sms_plain"
        return wording.say(key, word=service.sms_keyword or "", number=service.sms)
    if service.address:
        return wording.say("service.walk_in", address=service.address)
    if service.url:
        return wording.say("service.online", url=re.sub(r"^https?://(?:www\.)?|/$", "", service.url))
    return wording.say("service.ask")


def _words(text: str) -> set[str]:
    return {w.rstrip("s") for w in re.findall(r"[a-z]{4,}", text.lower())}


def _telling_words(text: str, shown: Sequence[Service]) -> set[str]:
    """The words of a request that only a few services use: "naloxone" tells something, "help" does not."""
    counts = Counter(w for s in shown for w in _words(f"{s.name} {s.what}"))
    places = _words(" ".join(name for name in areas.districts() if name in text.lower()))  # where, not what
    return {w for w in _words(text) - _SAY_NOTHING - places if 0 < counts[w] <= _TOO_COMMON}
