"""The ways of naming a day, each with what it means seen from today.

RULES is in order: a longer way of saying it comes first, and hides its words from the rest.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

_DAYS = {
    0: "monday|mondy|munday|mundy|mondey|monady|mon",
    1: "tuesday|tuseday|tuesdy|teusday|tusday|tuesdey|teuseday|chuesday|tuesay|tues|tue",
    2: "wednesday|wensday|wendsday|wednsday|wedensday|wensdy|wednesdy|wednesdey|wendesday|wedsday|wenesday|weds|wed",
    3: "thursday|thirsday|thursdy|thurday|thrusday|thersday|thirsdy|thersdy|thursdey|thurdsay|thusday|thuresday|"
       "furzday|fursday|thurs|thur|thu",
    4: "friday|fridy|fryday|firday|fridey|frida|fri",
    5: "saturday|saterday|saturdy|satuday|satrday|saturdey|satday|saturady|sat",
    6: "sunday|sundy|sundey|sunady|sun",
}  # fmt: skip
_MONTHS = (
    "january|jan", "february|febuary|feb", "march|mar", "april|apr", "may", "june|jun", "july|jul", "august|aug",
    "september|sept|sep", "october|oct", "november|nov", "december|dec",
)  # fmt: skip
_DAY_OF = {name: number for number, names in _DAYS.items() for name in names.split("|")}
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split("|")}
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "wan": 1, "couple of": 2, "a couple of": 2, "couple a": 2, "two": 2, "three": 3,
    "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10,
}  # fmt: skip
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()

_TOMORROW = (
    r"(?:tomorrow|tomorow|tommorow|tommorrow|tomoro|tomora|tomoz|tmrw|tmw|tmoz|2moro|2mora|2morro|2morrow|2mrw"
    r"|(?:the ?)?morra|the (?:morn|morro|mora|moro)(?!ing)(?:'?s)?)"
)
_WEEKDAY = "(?P<day>" + "|".join(sorted(_DAY_OF, key=len, reverse=True)) + r")(?:'?s)?\b"
_OTHER_WEEKDAY = _WEEKDAY.replace("day>", "one>", 1)
_MONTH = "(?P<month>" + "|".join(sorted(_MONTH_OF, key=len, reverse=True)) + r")\b"
_TH = "(?:st|nd|rd|th)"
_FIRST, _SECOND = rf"(?P<one>\d{{1,2}}){_TH}?", rf"(?P<two>\d{{1,2}}){_TH}?"
_ORDINAL = r"(?P<nth>\d{1,2})(?:st|nd|rd|th)"
_COUNT = r"(?P<count>\d{1,2}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_WEEK = r"(?:week|wk|weak)"
_NEXT = r"(?:next|nxt|nex)"
#: Short names that are words too ("I sat", "c'mon") count as days only beside one of these, or in a few words.
_DOUBTFUL = {"sat", "sun", "mon", "wed"}
_BESIDE_DAY = re.compile(
    r"(?:\b(?:on|oan|about|aboot|this|or|and|to|tae|till?|until|by|for|fur|next|nxt|last|between|every)|[,/&-]) ?$"
)
_AFTER_DAY = re.compile(
    r" ?(?:morning|afternoon|evening|night|at \d|\d|or\b|to\b|tae\b|wan\b|one\b|please|pls|plz|next|the \d|[/,&-])"
)

Span = tuple[date, date]
Rule = tuple[re.Pattern, Callable[[re.Match, date], Span | None]]


def _on(day: date) -> Span:
    return day, day


def _ahead(days: int) -> Callable[[re.Match, date], Span]:
    return lambda _, today: _on(today + timedelta(days))


def _monday(today: date, weeks: int = 0) -> date:
    return today + timedelta(7 * weeks - today.weekday())


def _weekday(match: re.Match, today: date) -> Span | None:
    name = match["day"]
    before, after = match.string[: match.start()], match.string[match.end() :]
    if name in _DOUBTFUL and not _BESIDE_DAY.search(before) and not _AFTER_DAY.match(after):
        if len(match.string.split()) > 2 or before:
            return None
    return _on(today + timedelta((_DAY_OF[name] - today.weekday()) % 7))


def _next_weekday(match: re.Match, today: date) -> Span:
    return _on(_monday(today, 1) + timedelta(_DAY_OF[match["day"]]))


def _next_weekdays(match: re.Match, today: date) -> Span:
    last = _next_weekday(match, today)[0]
    return (_monday(today, 1) + timedelta(_DAY_OF[match["one"]]) if match["one"] else last), last


def _last_weekday(match: re.Match, today: date) -> Span:
    return _on(today - timedelta((today.weekday() - _DAY_OF[match["day"]] - 1) % 7 + 1))


def _weekday_and_week(match: re.Match, today: date) -> Span:
    return _on(today + timedelta((_DAY_OF[match["day"]] - today.weekday()) % 7 + 7))


def _day_of_month(match: re.Match, today: date) -> Span | None:
    day, year, month = int(match["nth"]), today.year, today.month
    if not 1 <= day <= 31:
        return None
    while day > calendar.monthrange(year, month)[1] or date(year, month, day) < today:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return _on(date(year, month, day))


def _dated(day: int, month: int, year: str | None, today: date) -> Span:
    """A day and month: of the year that is named, else the next time that it comes round."""
    if year:
        number = int(year)
        return _on(date(number + 2000 if number < 100 else number, month, day))
    for ahead in range(9):  # the 29th of February may be eight years off
        try:
            found = date(today.year + ahead, month, day)
        except ValueError:
            continue
        if found >= today:
            return _on(found)
    raise ValueError("no such day")


def _named_date(match: re.Match, today: date) -> Span:
    nth = match["nth"]
    day = int(re.sub(r"\D", "", nth)) if nth[0].isdigit() else _ORDINALS.index(nth) + 1
    return _dated(day, _MONTH_OF[match["month"]], match["year"], today)


def _days_of_month(match: re.Match, today: date) -> Span:
    first, last = (_dated(int(match[n]), _MONTH_OF[match["month"]], None, today)[0] for n in ("one", "two"))
    return first, last


def _figures(match: re.Match, today: date) -> Span:
    return _dated(int(match["d"]), int(match["m"]), match["y"], today)


def _iso(match: re.Match, today: date) -> Span:
    return _on(date(int(match["y"]), int(match["m"]), int(match["d"])))


def _from_now(match: re.Match, today: date) -> Span:
    count = int(match["count"]) if match["count"].isdigit() else _NUMBERS[match["count"]]
    unit = match["unit"]
    sign = -1 if match.group().endswith("ago") else 1
    if unit.startswith("month"):
        index = today.month - 1 + sign * count
        year, month = today.year + index // 12, index % 12 + 1
        return _on(date(year, month, min(today.day, calendar.monthrange(year, month)[1])))
    return _on(today + timedelta(sign * count * {"d": 1, "w": 7, "f": 14}[unit[0]]))


def _until(match: re.Match, today: date) -> Span:
    if match["few"]:
        return today, today + timedelta(4 if match["few"] == "days" else 28)
    return today, _from_now(match, today)[1]


def _until_christmas(_: re.Match, today: date) -> Span:
    return today, _dated(24, 12, None, today)[1]


def _since(day: tuple[int, int], days: int) -> Callable[[re.Match, date], Span]:
    """So many days from a day (month, day) on: "efter xmas"."""

    def meaning(_: re.Match, today: date) -> Span:
        start = _dated(day[1], day[0], None, today)[0]
        return start, start + timedelta(days)

    return meaning


def _week(weeks: int, first: int = 0, last: int = 6) -> Callable[[re.Match, date], Span]:
    """Days `first` to `last` of the week so many weeks on, without those gone by of this one."""

    def meaning(_: re.Match, today: date) -> Span:
        monday = _monday(today, weeks)
        start, end = monday + timedelta(first), monday + timedelta(last)
        return (max(start, today), max(end, today)) if weeks >= 0 else (start, end)

    return meaning


def _month(months: int, first: int = 1, last: int = 31) -> Callable[[re.Match, date], Span]:
    """Days of the month so many months on, without those gone by; a negative `first` counts from the end."""

    def meaning(_: re.Match, today: date) -> Span:
        index = today.month - 1 + months
        return _within(today.year + index // 12, index % 12 + 1, first, last, today)

    return meaning


def _within(year: int, month: int, first: int, last: int, today: date) -> Span:
    length = calendar.monthrange(year, month)[1]
    start = date(year, month, first if first > 0 else length + first)
    end = date(year, month, min(last, length))
    return (max(start, today), end) if end >= today else (start, end)


def _named_month(first: int = 1, last: int = 31) -> Callable[[re.Match, date], Span]:
    def meaning(match: re.Match, today: date) -> Span:
        month = _MONTH_OF[match["month"]]
        return _within(today.year + (month < today.month), month, first, last, today)

    return meaning


def _feast(month: int, day: int) -> Callable[[re.Match, date], Span]:
    return lambda _, today: _dated(day, month, None, today)


def _rules(*rules: tuple[str, Callable[[re.Match, date], Span | None]]) -> list[Rule]:
    return [(re.compile(rf"(?<![\w'])(?:{pattern})(?!\w)"), meaning) for pattern, meaning in rules]


_YEAR = r"(?:,? (?P<year>20\d\d))?"
_NTH = rf"(?P<nth>\d{{1,2}}(?:st|nd|rd|th)?|{'|'.join(_ORDINALS)})"
_UNIT = r"(?P<unit>days?|weeks?|wks?|fortnights?|months?)"
_THIS_WEEKS = rf"(?:the|this|o the|o) {_WEEK}"
_END, _START = (
    r"(?:the )?(?:end|back end|tail end) (?:of|o|ae) ",
    r"(?:the )?(?:start|beginning|early part) (?:of|o|ae) ",
)
_NOT_A_MEASURE = r"(?! ?(?:a |of |an )?(?:bottle|litre|pint|gram|g|oz|ounce|tab|can|bag))"
_NOT_MEANT = r"(?! (?:wan|one|yin|time|session|question|option|thing|floor|week|part|bit|person|drink|step)\b)"

#: Pattern → its meaning: a function of the match and of today that gives the first and the last day, or None.
RULES = _rules(
    (r"(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)", _iso),
    (r"(?P<d>\d{1,2})([/.-])(?P<m>\d{1,2})\2(?P<y>20\d\d|\d\d)", _figures),
    (rf"(?!24/7\b)(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})(?P<y>)(?!/){_NOT_A_MEASURE}", _figures),
    (rf"{_FIRST} ?(?:to|tae|or|and|-|/) ?(?:the )?{_SECOND} (?:of |o )?{_MONTH}", _days_of_month),
    (rf"(?:{_WEEKDAY},? )?(?:the )?{_NTH} (?:of |o |ae )?{_MONTH}{_YEAR}", _named_date),
    (rf"{_MONTH} (?:the )?{_NTH}{_YEAR}", _named_date),
    (rf"{_WEEKDAY},? (?:(?:wan|one|yin|class|session|group),? )?(?:on )?(?:the )?{_ORDINAL}", _day_of_month),
    (rf"(?:the )?day after {_TOMORROW}", _ahead(2)),
    (rf"(?:a )?{_WEEK} (?:{_TOMORROW}|fae {_TOMORROW})", _ahead(8)),
    (rf"(?:a|one|wan) {_WEEK} (?:on|oan|past|fae|from) {_WEEKDAY}", _weekday_and_week),
    (rf"{_WEEKDAY} {_WEEK}", _weekday_and_week),
    (rf"(?:{_OTHER_WEEKDAY} (?:or|and|to|tae|-|/) )?{_WEEKDAY} (?:of )?{_NEXT} {_WEEK}", _next_weekdays),
    (rf"{_NEXT} {_WEEK},? (?:on )?(?:the )?{_WEEKDAY}", _next_weekday),
    (rf"{_NEXT} {_WEEKDAY}", _next_weekday),
    (rf"(?:last|past) {_WEEKDAY}", _last_weekday),
    (rf"{_COUNT} {_UNIT}(?:'?s?'? time)? (?:fae|from) (?:now|noo|today|the day)", _from_now),
    (rf"in (?:about )?{_COUNT} {_UNIT}(?:'?s?'? time)?", _from_now),
    (rf"{_COUNT} {_UNIT} (?:today|the day|ago)", _from_now),
    (rf"(?:in |over |within )?the {_NEXT} (?:few (?P<few>days|weeks)|{_COUNT} {_UNIT})", _until),
    (r"before (?:christmas|xmas)", _until_christmas),
    (r"(?:after|efter|past) (?:christmas|xmas)", _since((12, 27), 34)),
    (r"(?:after|efter|past|in the) (?:the )?new year", _since((1, 2), 29)),
    (r"(?:a|wan|one) fortnight", _ahead(14)),
    (rf"{_END}{_NEXT} {_WEEK}", _week(1, 3)),
    (rf"{_START}{_NEXT} {_WEEK}", _week(1, 0, 1)),
    (rf"{_END}{_THIS_WEEKS}", _week(0, 3)),
    (rf"{_END}{_NEXT} month", _month(1, -6)),
    (rf"{_START}{_NEXT} month", _month(1, 1, 7)),
    (rf"{_END}(?:the|this) month", _month(0, -6)),
    (rf"{_END}{_MONTH}", _named_month(-6)),
    (rf"{_START}{_MONTH}", _named_month(1, 7)),
    (rf"(?:the )?{_WEEK} (?:after|efter) {_NEXT}", _week(2)),
    (rf"{_NEXT} (?:weekend|wkend|wknd)", _week(1, 5)),
    (rf"{_NEXT} {_WEEK}", _week(1)),
    (rf"(?:last|past) {_WEEK}", _week(-1)),
    (r"(?:the |this |at the |coming )*(?:weekend|wkend|wknd)", _week(0, 5)),
    (rf"(?:this|rest of the) {_WEEK}|later in the {_WEEK}", _week(0)),
    (rf"{_NEXT} month", _month(1)),
    (r"last month", _month(-1)),
    (r"(?:this|rest of the) month", _month(0)),
    (r"(?:christmas|xmas) eve", _feast(12, 24)),
    (r"boxing day", _feast(12, 26)),
    (r"hogmanay|new year'?s eve", _feast(12, 31)),
    (r"(?:christmas|xmas) day", _feast(12, 25)),
    (r"new year'?s day", _feast(1, 1)),
    (r"last (?:night|nite)", _ahead(-1)),
    (r"yesterday|yday|yesty|yesterdy", _ahead(-1)),
    (_TOMORROW + r"(?: (?:night|morn(?:ing)?|afternoon|efternoon|evening))?", _ahead(1)),
    (r"today|2day|theday|tonight|tonite|2nite|2night|this (?:morning|mornin|afternoon|efternoon|evening)", _ahead(0)),
    (r"(?:(?<=whit's on )|(?<=what's on )|(?<=whats on )|(?<=whits on )|(?<=anything on )|"
     r"(?<!on )(?<!of )(?<!in )(?<!oan )(?<!by )(?<!all )(?<!during )(?<!through )(?<!every )(?<!times ))"
     r"the (?:day|night)(?! (?:after|before|of|o|i|a|ah|he|she|we|they|it|that|when|centre|center|my|ma|shift)\b)",
     _ahead(0)),
    (rf"(?:this |coming |the )*{_WEEKDAY}", _weekday),
    (rf"the {_ORDINAL}{_NOT_MEANT}", _day_of_month),
    (rf"(?:in|this|next|fur|for|until|till|during) {_MONTH}", _named_month()),
    # A bare "20th" is a day when it is all that was said.
    (rf"^(?:(?:on|for|fur) )?(?:the )?{_ORDINAL}(?: please| pls)?$", _day_of_month),
)  # fmt: skip
