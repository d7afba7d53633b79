"""The screen: rules over a plain spelling of the text, idioms out, questions for information let through."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.safety import (
    abuse,
    calls,
    emergency,
    explicit,
    families,
    harmless,
    history,
    indirect,
    learnt,
    misheard,
    mistaken,
    parting,
    suicide,
    tongues,
)
from bot.safety.emergency import SWALLOWED
from bot.safety.grammar import Rule, expand, words_of
from bot.safety.normalise import Speller, normalise
from bot.safety.outright import RULES as OUTRIGHT
from bot.safety.subject import names_another, subject, subject_of
from bot.safety.verdict import Verdict
from bot.safety.whose import mine
from bot.safety.withdrawal import stopped_and_sees, two_signs

RULES: tuple[Rule, ...] = (
    *suicide.RULES, *explicit.RULES, *indirect.RULES, *emergency.RULES, *abuse.RULES, *families.RULES, *OUTRIGHT,
)  # fmt: skip
_FUNCTION_WORDS = (
    "the and that this what when where why who how but with for from have has had was were are you your his her their him they "
    "them she not about just really would could should will been being again after before because out off over down them then "
    "there here please help tonight tomorrow today morning night week know think feel want need like some all every more most "
    "only even still going gonna myself himself herself themself nobody nothing someone anyone everyone everything anything "
    "dont cant wont isnt didnt doesnt wasnt havent anymore never always maybe sorry goodbye hello thanks worker session order "
    "course class book point life live lives living kill killing die dying dead end ending pain hurt safe scared worried alone"
).split()
SPELLER = Speller(set().union(*(words_of(r.pattern) for r in RULES), _FUNCTION_WORDS))

_BY_CUE: dict[str, list[int]] = {}
for _n, _rule in enumerate(RULES):
    for _word in _rule.cues:
        _BY_CUE.setdefault(_word, []).append(_n)

_LONG = 1000
#: Earlier texts are joined to a new one only as far back as a thought can stretch.
_RECENT = 500
_RANK = {
    "not_breathing": 0, "child_emergency": 1, "attempt": 1, "overdose": 2, "emergency": 2.5, "bleeding": 3, "fit": 4, "stroke": 4, "chest_pain": 5,
    "breathing": 5, "fire": 5, "poisoning": 6, "withdrawal": 6, "head_injury": 6, "plan": 7, "goodbye": 8, "suicide": 9, "self_harm": 10,
    "threatened": 10, "child": 10, "sexual_assault": 11, "partner": 12, "choked": 12, "watched": 12, "harm_to_others": 12, "call_for_help": 13, "assault": 14,
}  # fmt: skip
_INTENT = frozenset({"suicide", "plan", "goodbye", "attempt"})

#: What is taken for pain: too much of it harms the liver, and no naloxone helps.
PAINKILLERS = re.compile(r" (?:paracetamols?|cocodamols?|co codamols?|pain ?killers?|ibuprofens?|nurofens?|aspirins?) ")
_FRIEND = re.compile(r" asking for (?:a|my) (?:friend|pal|mate) ")
#: The rule named when the learnt list asks, and no rule saw anything.
LEARNT = "learnt"
#: The kind of abuse where somebody else reads the phone: one text, and silence until they write again.
WATCHED = "watched"
_LIST_KINDS = {"suicide": "suicide", "emergency": "emergency", "abuse": "partner"}
_DRUGS = re.compile(
    rf" (?:{expand('{drug}')}|naloxone|narcan|nyxoid|prenoxad|overdos(?:e|ed|ing)|dealer|needle|like pins|pin ?point|pinned|gou?ch(?:ing|in|ed)?|gurgl[a-z]*|"
    r"nodd(?:ing|in|ed) (?:off|out)|snor(?:ing|in) (?:funny|weird|mad|really|dead|loud|and)|blue lips|lips (?:are |going |turned |gone )*blue) "
)


def seen(text: str, recent: Sequence[str] = (), alone: bool = False) -> Verdict | None:
    """What rules and list see in `text`, as `bot.safety.manner.screen` tells it, but for the manner of the answer."""
    plain = normalise(text, SPELLER)
    verdict = _by_rules(text, plain, recent)
    if verdict is None or verdict.kind == "harm_to_others" and abuse.a_worry_about_the_unborn(plain):
        verdict = _by_list(text, plain, recent, learnt.LEARNT.alone if alone else learnt.LEARNT.asks)
    of_the_writer = verdict and (verdict.about == "self" or abuse.phone_is_watched(plain))
    if verdict and verdict.safety == "abuse" and of_the_writer and _watched(plain, recent):
        return replace(verdict, about="self", kind=WATCHED, rule=WATCHED if verdict.rule == LEARNT else verdict.rule)
    if verdict and verdict.kind == "partner" and verdict.about == "self" and abuse.at_the_neck(plain):
        verdict = replace(verdict, kind="choked")
    if verdict and verdict.kind == "partner" and _by_an_outsider(plain, recent):
        verdict = replace(verdict, kind="assault")
    if not (verdict and verdict.strength == "strong") and abuse.is_at_hand(plain) and _hurt_before(recent):
        return Verdict("abuse", "threatened", "self", "strong", "at_hand")
    if verdict and verdict.kind == "overdose" and verdict.about == "other" and _taken_by_mistake(plain, recent):
        verdict = replace(verdict, kind="poisoning")
    if verdict and verdict.rule == "over_the_limit" and PAINKILLERS.search(plain):
        verdict = replace(verdict, kind="painkillers")
    if verdict and verdict.strength == "strong" and verdict.kind != "call_for_help" and not recent and _rather_asks(verdict, plain):
        return replace(verdict, strength="weak")
    return verdict


def _taken_by_mistake(plain: str, recent: Sequence[str]) -> bool:
    """Did somebody who uses no drugs take tablets they should not have, by these words and those of a moment before?"""
    told = " ".join([*(normalise(text[-_RECENT:], SPELLER) for text in recent if text), plain])
    return mistaken.by_mistake(told)


def _hurt_before(recent: Sequence[str]) -> bool:
    """Did the texts of a moment before tell of abuse, done to the writer?"""
    before = [v for text in recent if text for v in _verdicts(normalise(text[-_RECENT:], SPELLER))]
    listed = (learnt.heaviest(spelt(text[-_RECENT:])) for text in recent if text)
    heard = any(v.safety == "abuse" and v.about == "self" for v in before)
    return heard or any(weight >= learnt.LEARNT.asks and _meant(words) == ("abuse", "self") for weight, words in listed)


def _by_an_outsider(plain: str, recent: Sequence[str]) -> bool:
    """Is it a boss or a stranger who did it, by these words or those a moment before, and nobody of the home?"""
    if abuse.by_an_outsider(plain):
        return True
    before = [normalise(text[-_RECENT:], SPELLER) for text in recent]
    return any(map(abuse.by_an_outsider, before)) and not any(map(abuse.names_the_home, [plain, *before]))


def _rather_asks(verdict: Verdict, plain: str) -> bool:
    """Is asking better than the alarm that a rule would sound? Staff are woken either way, and the numbers are given."""
    if verdict.rule in (tongues.RULE, "trying_not_to", "naloxone_no_help"):
        return False  # English words weigh nothing there, and this "not" denies nothing
    if verdict.rule in SWALLOWED:
        return _told_away(plain)
    if _better_asked(plain):
        return True
    return verdict.safety == "suicide" and verdict.rule not in _SAID_OUTRIGHT and learnt.doubts_an_alarm(harmless.without_idioms(plain))


def spelt(text: str) -> str:
    """The text as rules and list read it: in plain spelling, everyday sayings out."""
    return harmless.without_idioms(normalise(text, SPELLER))


def rules_see(text: str) -> Verdict | None:
    """What the rules alone make of a text."""
    return _by_rules(text, normalise(text, SPELLER), ())


def better_asked(text: str) -> bool:
    """Is `text` so unlike danger, or so plainly over or denied, that whoever would sound the alarm should ask instead?"""
    return _better_asked(normalise(text, SPELLER))


def drugs_named(text: str) -> bool:
    """Does `text` name drugs, naloxone or what an overdose looks like, so that an emergency in it may be one?"""
    return bool(_DRUGS.search(normalise(text, SPELLER)))


def phone_is_watched(text: str) -> bool:
    """Does somebody else see what stands on this phone, by what `text` says?"""
    return abuse.phone_is_watched(normalise(text, SPELLER))


def _watched(plain: str, recent: Sequence[str]) -> bool:
    """Is somebody else reading this phone, by these words or those a moment before?"""
    return abuse.phone_is_watched(plain) or any(abuse.phone_is_watched(normalise(t[-_RECENT:], SPELLER)) for t in recent)


@dataclass(frozen=True)
class Sound:
    """How much like danger a text sounds to the learnt list: `weight` in natural logarithms of the odds, and what it
    would be (`safety`, `about`). `asks`: enough for the list to ask by itself."""

    weight: float
    asks: bool
    safety: str
    about: str


def sound(text: str) -> Sound:
    """How `text` sounds to the learnt list, whatever the rules say of it."""
    weight, words = learnt.heaviest(spelt(text))
    safety, about = _meant(words)
    return Sound(weight / 100, weight >= learnt.LEARNT.asks, safety, about)


def _told_away(plain: str) -> bool:
    """Is it told as over, or denied with nothing else said?"""
    if history.told_as_over(plain):
        return True
    rest = history.without_denials(plain)
    return rest is not None and not _speaks_of_danger(rest)  # "not suicidal, just want to be dead" says another thing


def _better_asked(plain: str) -> bool:
    if _told_away(plain):
        return True
    happening = history.AT_THIS_TIME.search(plain) or harmless.NOW.search(plain)
    return not happening and learnt.surely_harmless(harmless.without_idioms(plain))


def _speaks_of_danger(rest: str) -> bool:
    """Is what is left of a text, its denials taken out, danger by itself?"""
    strong = any(verdict.strength == "strong" for verdict in _verdicts(rest))
    return strong or learnt.heaviest(harmless.without_idioms(rest))[0] >= learnt.HEAVY


def _by_list(text: str, plain: str, recent: Sequence[str], limit: int) -> Verdict | None:
    """The learnt list's question from `limit` on, about this text or about what it completes."""
    if parting.is_only_that(plain) and all(learnt.surely_harmless(spelt(t[-_RECENT:])) for t in recent):
        return None
    if (besides := misheard.beside(text)) is not None:  # the words of a denial are those of what is denied
        plain = normalise(besides, SPELLER)
    plain = harmless.without_idioms(plain)
    weight, words = learnt.heaviest(plain)
    if weight < limit and recent and len(text) < _RECENT:
        before = [spelt(t[-_RECENT:]) for t in list(recent)[-2:] if t and t.strip()]
        if not any(learnt.asks(t) or _verdicts(t) for t in before):  # what was asked about already is not asked about again
            joined = " ".join([*before, plain]).replace("|", " ")
            weight, words = learnt.heaviest(joined)
    if weight < limit:
        return None
    safety, about = _meant(words)
    return Verdict(safety, _LIST_KINDS[safety], about, "weak", LEARNT)


def _meant(words: Sequence[str]) -> tuple[str, str]:
    """What danger these words would be, and whose."""
    safety = learnt.kind(list(words))
    return safety, subject_of(set(words), safety)


def _by_rules(text: str, plain: str, recent: Sequence[str]) -> Verdict | None:
    """The gravest danger that the rules see in `text`, which is `plain` in the screen's spelling."""
    if called := calls.call_for_help(plain):
        return called
    alone = [*_verdicts(plain), *tongues.heard(text)]
    verdict = _gravest(alone)
    if verdict and verdict.strength == "strong" or text.strip().isdigit():
        return verdict  # a score or a choice completes nothing
    # What the text says by itself is judged by itself: joined on, "ma pal's talkin about ending it" loses its subject.
    judged = {v.rule for v in alone}
    earlier = [t[-_RECENT:] for t in list(recent)[-2:] if t and t.strip()]
    for back in range(1, len(earlier) + 1):
        before = earlier[-back:]
        said = judged | {v.rule for t in before for v in _verdicts(normalise(t, SPELLER))}
        said |= {v.rule for v in _verdicts(normalise(" ".join(before), SPELLER))} if back > 1 else set()
        for glue in (" ", ""):
            joined = glue.join([*before, text[:_RECENT]])
            together = [v for v in _verdicts(normalise(joined, SPELLER)) if v.rule not in said]
            verdict = _gravest([*together, *([verdict] if verdict else [])])
        if verdict and verdict.strength == "strong":
            break
    return verdict


def _gravest(verdicts: Sequence[Verdict]) -> Verdict | None:
    if not verdicts:
        return None
    best = min(verdicts, key=lambda v: (v.strength == "weak", _RANK.get(v.kind, 20)))
    taken = [v for v in verdicts if v.kind in ("overdose", "poisoning") and v.strength == "strong" and v.about == "self"]
    meant = [v for v in verdicts if v.safety == "suicide" and v.kind in _INTENT and v.about == "self"]
    if taken and meant:  # tablets taken and words of dying: an attempt, and 999 comes first
        return Verdict("suicide", "attempt", "self", "strong", f"{taken[0].rule}+{meant[0].rule}")
    return best


def _verdicts(plain: str) -> list[Verdict]:
    text = harmless.without_idioms(plain)
    found: dict[str, Verdict] = {}
    for start, end, words in harmless.stretches(text):
        for n in sorted({n for word in words for n in _BY_CUE.get(word, ())}):
            rule = RULES[n]
            if rule.name in found and found[rule.name].strength == "strong":
                continue
            for match in rule.regex.finditer(text, start, end):
                if verdict := _judged(rule, text, match):
                    found[rule.name] = verdict
                    break
        if len(text) > _LONG and any(v.strength == "strong" for v in found.values()):
            break  # a very long text has said enough
    return list(found.values())


def _judged(rule: Rule, text: str, match: re.Match[str]) -> Verdict | None:
    start, end = match.span()
    first, last = harmless.sentence_around(text, start, end)
    before, sentence = text[first:start].replace("|", ""), text[first:last] + " "
    about = rule.about or subject(text, before, match.group(0))
    strength = rule.strength
    if rule.safety == "abuse" and not rule.about and re.search(r"\b(?:me|my|us|i|im|ive|myself)\b", match.group(0)):
        about = "self"  # "he hits me": he is the subject, but it is done to the writer
    if rule.name == "want_die" and re.match(r"gonna|feels? like im", match.group(0)):
        strength = "weak"  # "am i gonna die", "feel like am dying": illness and hangovers say so too
    if rule.asks and harmless.only_asking(text, start, end):
        return None
    if rule.name in ("suicide_named", "self_harm_named") and harmless.GENERAL.search(sentence):
        return None
    if rule.name == "cant_cope" and "anymore" not in match.group(0) and len(before.split()) > 4:
        return None
    if rule.name == "given_up" and _HABIT.search(text):
        return None
    to_come = rule.name in _TO_COME
    if about == "other" and not to_come and harmless.BEREAVED.search(text) and not harmless.JUST_NOW.search(sentence):
        return None
    if rule.name == "suicide_act" and re.search(r" (?:found|read|saw) ", before):
        about = "other"
    if rule.safety == "suicide":
        if harmless.BEREAVED.search(sentence) and not mine(match.group(0)) and not to_come:
            return None
        up_to = _ANSWERED_NO.sub(" ", text[first:end].rsplit(" ", 1)[0] + " " if rule.name in _NAMED else before)
        if harmless.NEGATED.search(up_to) and rule.name not in _OWN_NEGATION:
            if rule.name in ("suicidal", "suicide_named", "self_harm", "cut_body", "suicide_act") or rule.strength == "weak":
                return None
            strength = "weak"
    elif rule.kind == "harm_to_others" and harmless.NEGATED.search(before):
        return None
    elif rule.safety == "emergency" and (rule.kind in ("overdose", "chest_pain", "fit", "stroke", "poisoning", "bleeding") or rule.name == "call_ambulance" and "police" in match.group(0)) and re.search(
        r"(?:not|no|never|dont|didnt|havent|isnt|wasnt) (?:[a-z]+ ){0,1}\Z", before
    ):
        return None
    past = harmless.PAST.search(f" {sentence.strip()} ") or harmless.PAST.search(text) and rule.safety != "emergency"
    if past and not history.AND_NOW.search(text):
        if rule.safety == "emergency" or rule.safety == "abuse" and rule.strength == "weak":
            return None
        strength = "weak"
    if strength == "strong" and harmless.rather_asked(rule, match.group(0), before, text):
        strength = "weak"
    if rule.name == "bad_batch" and _OF_THEM.search(f" {match.group(0)} ") and not _OF_ME.search(f" {sentence}"):
        about = "other"  # "one of my guys has taken something and hes very sleepy"
    if rule.name == "withdrawal_weak" and (stopped_and_sees(text) or about == "self" and two_signs(text)):
        strength = "strong"
    if harmless.is_none(rule, match.group(0), text):
        return None
    if rule.kind == "overdose" and about == "other" and history.home_again(text):
        return Verdict("suicide", "suicide", "other", "weak", rule.name)  # an attempt that was seen to: how are they now?
    if rule.kind == "poisoning" and _SPIKED.search(f" {sentence}"):
        about = "self"
    if rule.name in ("suicide_named", "self_harm_named") and names_another(sentence):
        about = "other"
    if _FRIEND.search(text) and rule.safety == "suicide":
        about = "other"
    if rule.name in _OF_THE_HOME and _MINE_AT_HOME.search(text) and not _HERS.search(text):
        about = "self"  # "my man is violent": he is the subject, the writer lives with it
    if rule.safety == "suicide":
        return _less_alarm(rule, about, strength, text, sentence)
    if strength == "strong" and not to_come and harmless.over_or_asked(rule.kind, rule.safety, about, before, sentence, text):
        if harmless.TOPIC.search(text) and not _PERSON.search(text):
            return None
        strength = "weak"
    return Verdict(rule.safety, rule.kind, about, strength, rule.name)


def _less_alarm(rule: Rule, about: str, strength: str, text: str, sentence: str) -> Verdict | None:
    """Talk of suicide in general is let through; somebody else's that is not at hand, and a habit of self-harm, are asked about."""
    if rule.kind in ("suicide", "attempt", "self_harm") and about != "self" or not harmless.MYSELF.search(sentence):
        in_general = harmless.GENERIC.search(sentence) or harmless.ASKS.match(sentence)
        if rule.kind in ("suicide", "attempt", "self_harm") and rule.name in _IN_GENERAL and in_general and not _PERSON.search(sentence) and not harmless.NOW.search(text):
            return None
        told = about == "other" or in_general
        if rule.kind in ("suicide", "attempt", "self_harm") and told and rule.name not in _TO_COME and not harmless.AT_HAND.search(text):
            strength = "weak"
    if _ATTRIBUTE.search(sentence) and not _MEANS_HERE.search(sentence) and rule.name in ("suicidal", "suicide_act", "suicide_named"):
        about, strength = "other", "weak"
    if _SUPPOSED.search(sentence):
        strength = "weak"
    if rule.kind == "self_harm" and not _SELF_HARM_NOW.search(text):
        strength = "weak"
    return Verdict(rule.safety, rule.kind, about, strength, rule.name)


_SPIKED = re.compile(r" spiked? (?:my|me|our) | (?:been|got|was|were) spiked | (?:my|the) drink (?:was|got|has been|is) spiked ")
_OF_THEM, _OF_ME = re.compile(r" (?:hes|shes|he|she|theyre) "), re.compile(r" (?:i|im|ive|me|myself) ")
#: A "no" before what they say of themselves answers somebody: "i said no i am going to kill myself".
_ANSWERED_NO = re.compile(r" no (?=(?:i|im|ill|ive|id) )")
#: Words of what goes on now or is still to be done, whatever else in them is past.
_TO_COME = frozenset({"by_the_hand", "dead_by_then", "taken_on_purpose", "checking_out", "baby_lies_still"})
_IN_GENERAL = frozenset({"suicidal", "suicide_act", "suicide_named", "take_life", "want_die", "self_harm", "self_harm_named", "kill_self", "end_it", "not_live"})
#: "ma suicidal pal", "suicide posts": the word belongs to somebody or something else.
_ATTRIBUTE = re.compile(rf" (?:suicide (?:posts?|stuff|clip|content|videos?|note (?:is|do|that)|folk|people)|(?:my|our|his|her|the|a|an|your|this|that|with|for|of) suicidal (?:[a-z]+ )?(?:{expand('{kin}')})|suicidal (?:[a-z]+ )?people|(?:her|his|their|posting|like) (?:a |her |his )?suicide note) ")
#: ...and yet it is now, where or with what they would die.
_MEANS_HERE = re.compile(r" (?:roof|bridge|ledge|rope|noose|tracks|pills|tablets|overdose) ")
_SUPPOSED = re.compile(r" if i (?:said|say|told|tell|was|were|felt|feel|am|had) ")
_SELF_HARM_NOW = re.compile(r" (?:now|tonight|today|just|deep|blood|bleeding|gonna|want to|going to|urge|about to|die|kill|cant stop (?:bleeding|cutting|slashing|slicing|burning)|too far|ill|last night|this morning|until (?:it|i) (?:bleed|bleeds|bled)|still doing|doing (?:it )?now|feel like|thinking|slashed|ive (?:cut|sliced|gashed)|i cut|(?:im|hes|shes|is) (?:(?!been)[a-z]+ ){0,4}(?:cutting|slicing|slashing|burning)|feeling very low) ")
_PERSON = re.compile(rf" (?:i|im|ive|id|my|me|he|she|hes|shes|him|her|theyre|his|hell|shell|{expand('{kin}')}|{expand('{young}')}) ")
#: Rules about what goes on at home, where the one who does it is the subject.
_OF_THE_HOME = frozenset({"violent_relationship", "partner_black_eye", "partner_controls", "controls_all", "locked_in", "partner_hits", "partner_weak", "sexual_assault", "at_my_door", "threatened"})
_MINE_AT_HOME = re.compile(rf" (?:me|im|i) |\A (?:(?:he|she|hes|shes) |(?:[a-z]+ )?my (?:[a-z]+ )?{expand('{lover}')} )")
_HERS = re.compile(r" (?:my|a|the|her) (?:[a-z]+ )?(?:client|sister|daughter|pal|friend|mate|niece|colleague|neighbour|cousin|woman|lassie)(?:s)? | (?:client|she says|told me) | (?:her|his) (?:ex|partner|husband|boyfriend|wife|man) ")


#: Rules whose own words hold the "not" ("I don't want to live"), or that a "not" before them does not undo.
_OWN_NEGATION = frozenset(
    "not_live not_alive no_reason not_here cant_go_on cant_cope no_point no_point_bare no_hope given_up had_enough unmissed "
    "indifferent kill_me goodbye tell_them attempt_now have_means brink_alone done sorry_end gone_by how_many how_to_die "
    "me_dying misery wish_struck use_means with_the_dead not_needed_soon eyes_closed tired_of_it bye_then sick_of_being better_gone no_tomorrow "
    "leave_earth how_id_do_it soft_goodbye way_out in_danger_of_self stockpile own_note tired_of_life vanish tempted pending_harm emoji_means voices_kill wish_dead "
    "no_wish_to_live time_to_go last_of_me nearly_did taken_by_god still_here winding_up drawn".split()
) | {rule.name for rule in (*families.RULES, *OUTRIGHT)}
_SAID_OUTRIGHT = frozenset(rule.name for rule in OUTRIGHT)
#: Rules that end in the word itself, so that a "not" may stand inside the match ("im not suicidal").
_NAMED = frozenset({"suicidal", "suicide_act", "suicide_named"})
_HABIT = re.compile(r" (?:smok|fag|drink|cider|vap|weed|coke|gambl|hash|bevvy|booze|wine|vodka|cigar|nicotine|sugar|drugs|valium)[a-z]* ")
