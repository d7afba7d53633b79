"""The little language the rules are written in.

A pattern is written in whole respelt words with single spaces. `{name}` stands for a list of words below, `<3>` for at
most three words of the same sentence. An optional word brings its own space: `(?:just )?die`. Whole words matter: the
vocabulary that spelling is mended towards, and the cues that let a text skip a rule, are both read off the patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

LISTS: dict[str, str] = {
    "refl": "myself|himself|herself|themself|themselves",
    "self": "i|im|ive|id|ill|a|am|we",
    "poss": "my|his|her|their|the",
    "they": "he|she|they|hes|shes|theyre|hell|shell|someone",
    # who somebody else may be
    "kin": "pal|pals|mate|mates|friend|friends|bestie|brother|bro|sister|sis|mum|mother|dad|stepdad|father|son|daughter|"
    "boy|lad|lassie|girl|woman|man|guy|partner|girlfriend|boyfriend|wife|husband|hubby|missus|ex|cousin|uncle|auntie|"
    "aunt|nephew|niece|neighbour|flatmate|roommate|workmate|colleague|gran|granny|granda|grandad|papa|nana|stepson|"
    "fella|bird|fiance|fiancee|teenager|client|fella|dealer|landlord|lodger|stepsister|stepbrother|inlaw|bloke|auld yin|"
    "wee yin|big man|wee man|other half|wee cousin|bidie in|grandson|granddaughter|supervisor|gaffer|boss|worker",
    "young": "wean|weans|baby|kid|kids|child|children|toddler|newborn|infant|bairn|bairns|son|daughter|boy|girl|niece|"
    "nephew|grandson|granddaughter|stepson|stepdaughter|wee one|wee yin|wee boy|wee girl|wee lassie|wee man|boys|girls",
    "lover": "man|men|husband|hubby|partner|boyfriend|girlfriend|wife|missus|fella|bird|ex|fiance|fiancee|other half|"
    "bidie in|lover|dad|stepdad|mum|brother|son|uncle|father|lad|guy|boy",
    "whom": "him|her|them|someone|people|everyone|my {kin}|my {young}|the {kin}|that {kin}|this {kin}|"
    "(?:that|this|the|my|they) <1>(?:cunt|prick|bastard|dick|arsehole|bam|wanker|fucker|grass|beast|nonce|rat|bitch|cow|scumbag)",
    "dont": "dont|didnt|wont|never|not|cant|do not|no|doesnt|hardly",
    "more": "anymore|more|another",
    # wanting, planning or being drawn to
    "wish": "away to|want to|wants to|wanted to|wanting to|gonna|need to|would rather|rather|feel like|feels like|feeling like|"
    "felt like|think of|think about|thinking of|thinking about|thinking|thought of|thought about|thoughts of|thoughts about|"
    "ready to|plan to|planning to|planning on|planning|plan on|plans to|about to|tempted to|try to|trying to|tried to|"
    "tries to|decided to|wish i could|hoping to|hope to|hope i|hope to just|considering|contemplating|intend to|intending to|"
    "talking about|talking of|talks about|talked about|talks of|threatening to|threatens to|threatened to|urge to|urges to|"
    "want|wants|wanted|wish|wish to|wishes to|wishing to|fantasise about|fantasising about|dream about|dream of|dreaming of|"
    "looking to|prepared to|determined to|set on|obsessed with|long to|longing to|desire to|close to|should|"
    "might|going|like to|love to|best to|better to|easier to|time to|mind to|minded to|getting ready to|wish i was|"
    "wish i were|wanting|googling|googled|about|afraid ill|scared ill|worried ill|scared im gonna|may|may as well|"
    "might as well|could|could just|just",
    # the firm ones: no "might", no "just"
    "want": "away to|want to|wants to|wanted to|wanting to|gonna|need to|rather|feel like|feels like|feeling like|felt like|"
    "think of|think about|thinking of|thinking about|thought of|thought about|thoughts of|thoughts about|ready to|plan to|"
    "planning to|planning on|about to|tempted to|trying to|decided to|wish i could|hoping to|hope to|considering|"
    "contemplating|talking about|talks about|talked about|talking of|threatening to|threatens to|threatened to|urge to|"
    "might as well|may as well|better to|easier to|time to|want|wants|wanted|wish|wanting|wish to|talking|long to|"
    "keep thinking about|dream of|dreaming of|fantasise about|deserve to|deserves to|better off|says he will|says she will",
    "drug": "pills|pill|tablets|tablet|meds|medication|medicine|paracetamol|paracetamols|ibuprofen|cocodamol|codeine|"
    "tramadol|valium|diazepam|xanax|benzos|sleepers|sleeping pills|sleeping tablets|antidepressants|sertraline|"
    "mirtazapine|citalopram|fluoxetine|amitriptyline|pregabalin|pregabs|gabapentin|gabbies|gabs|zopiclone|zimmies|"
    "zimovane|painkillers|dihydrocodeine|dihydros|dfs|propranolol|insulin|methadone|heroin|gear|jellies|eccies|mandy|mdma|ket|"
    "ketamine|coke|cocaine|crack|speed|subutex|buprenorphine|buvidal|oxycodone|oxy|morphine|fentanyl|nitazenes|etizolam|"
    "street valium|ghb|gbl|spice|emojipill|capsules|aspirin|nurofen|prescription|downers|quetiapine|"
    "olanzapine|lithium|opioids|opiates|temazepam|lorazepam|drugs",
    "pillish": "pills|pill|tablets|tablet|meds|medication|paracetamol|ibuprofen|cocodamol|codeine|tramadol|valium|"
    "diazepam|xanax|benzos|sleepers|antidepressants|sertraline|mirtazapine|citalopram|amitriptyline|pregabalin|"
    "gabapentin|zopiclone|painkillers|dihydrocodeine|propranolol|insulin|emojipill|capsules|aspirin|morphine|methadone",
    "took": "taken|took|take|taking|swallowed|swallowing|necked|downed|eaten|ate|popped|popping|had|drank|drunk|neck|"
    "injected|snorted|smoked|dropped|scoffed|guzzled|banged|chugged|done|consumed",
    "swallowed": "taken|took|swallowed|necked|downed|eaten|ate|popped|scoffed|guzzled|chugged",
    "lots": "load of|loads of|too many|too much|lot of|lots of|handful of|handfuls of|bunch of|bottle of|box of|"
    "boxes of|packet of|packets of|packs of|pack of|strip of|strips of|whole|all my|all the|all his|all her|all of my|all of|"
    "all these|all them|every|ton of|tons of|hunners of|pile of|shitload of|fuckload of|pure load of|rest of|entire|"
    "stash of|month of|week of|double|overdose of|amount of|dozens of|all her|all their|way too many|mix of|"
    "more than|bag of|tub of|blister of|masses of|heap of|heaps of|lethal|fuck ton of|fistful of",
    "number": "(?:[2-9] (?:full |whole )?(?:boxes|packets|packs|strips|bottles|tubs|sheets|blisters|bags|handfuls)(?: of)?)|(?:two|three|four|five|six) (?:full |whole )?(?:boxes|packets|packs|strips|bottles|tubs|sheets|handfuls)(?: of)?|(?:1[0-9]|[2-9][0-9]|[1-9][0-9][0-9]|[1-9][0-9][0-9][0-9]+)|ten|eleven|twelve|fifteen|sixteen|eighteen|"
    "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|hundreds|dozen|dozens",
    "blade": "knife|knives|blade|machete|gun|shotgun|axe|hammer|bat|baseball bat|sword|screwdriver|emojiknife|emojigun|"
    "golf club|crowbar|hatchet|samurai|bottle|weapon|acid|petrol",
    "means": "rope|noose|razor|razors|razor blade|knife|blade|gun|belt|emojirope|emojiknife|emojigun|"
    "emojipill|emojiblade|pills|tablets|paracetamol|meds",
    "brink": "bridge|ledge|roof|edge|train|trains|platform|tracks|railway|motorway|cliff|building|balcony|window|"
    "bus|lorry|traffic|clyde|river|canal|multistorey|flats|viaduct|emojibridge|car|loch|subway|underground",
    "hits": "hits|hit|hitting|batters|battered|battering|beats|beat|beating|leathers|leathered|leathering|slaps|slapped|"
    "slapping|punches|punched|punching|kicks|kicked|kicking|strangled|strangles|strangling|chokes|choked|choking|bites|"
    "bit|burns|burned|burnt|hurts|hurt|hurting|attacks|attacked|attacking|assaulted|assaults|assaulting|"
    "struck|strikes|striking|headbutted|headbutts|shoved|shoves|pushes|pushed|pushing|grabs|grabbed|pinned|pins|drags|dragged|abuses|abusing|abused|"
    "rapes|thumps|thumped|skelps|skelped|spits on|spat on|scalded|whips|"
    "lifts his hands to|lifts her hands to|raises his hands to|raised his hands to|lifted his hands to|lifted her hands to|"
    "puts his hands on|put his hands on|laid hands on|lays hands on|laid into|lays into|set about|sets about|goes for|"
    "knocks|knocked|boots|booted|chucks things at|threw things at|throws things at|smacks|smacked|wallops|walloped|chinned|"
    "pulls my hair|stamped on|stamps on|slams|slammed",
    "threat": "kill|stab|shoot|hurt|batter|murder|slash|burn|strangle|harm|smash|torch|firebomb|chib|beat|attack|kick|"
    "drown|petrol bomb|kneecap|rape|slit|break",
    "weapon": "knife|knives|machete|gun|shotgun|axe|sword|hatchet|samurai|emojiknife|emojigun|blade|baseball bat|screwdriver",
    "family": "mum|dad|mother|father|gran|granda|papa|nana|wife|husband|partner|girlfriend|boyfriend|brother|sister|son|"
    "daughter|wean|weans|kid|kids|children|child|baby|family|everyone|boy|girl|boys|girls|wee boy|wee girl|missus|pal|"
    "pals|mates|friends",
    "gone": "im (?:dead|gone|not here|no here|not around|not about)|i (?:was|were) (?:dead|gone|not here|no here|never born)|"
    "i (?:died|wasnt here|werent here|wasnt around|wasnt about|wasnt alive|werent around|wasnt in it|disappeared|vanished|"
    "didnt exist|just died|never existed|werent alive|just disappeared)|ive (?:gone|passed|died)|i just (?:wasnt|werent) (?:here|around|alive)|im (?:deid|away)(?= (?:\\||$))",
    # shared by the rules of one module
    "kill_verb": "kill|killing|hang|hanging|hung|hanged|shoot|shooting|drown|drowning|stab|poison|poisoning|gas|"
    "gassing|top|topping|tap|tapping|neck|necking|off|offing|unalive|end|ending|delete|finish|finishing|"
    "string|smother|suffocate|strangle|electrocute|yeet|overdose|murder|suicide|rope|doing away with|"
    "do away with|did away with|bump|jump|throw|throwing|chuck|fling",
    "die_words": "die|dying|be dead|being dead|me dead|were dead|was dead|not exist|stop existing|not wake up|"
    "never wake up|no wake up|dont wake up|not be alive|never been born|not be here anymore|"
    "go to sleep and never|sleep and never|sleep and not|sleep forever|be gone|not be around|unalive|"
    "be with the angels|be 6 feet under|be six feet under|six feet under|be in the ground|be in a coffin|"
    "be in a box|cease to exist|stop breathing|be no here|no exist|drop dead|no wake",
    "who": "{they}|him|her|them|(?:my|his|our|a|the|this|that|one of my|one of the) (?:[a-z]+ ){0,2}(?:{kin}|"
    "{young})|boy|lassie|{kin}|{young}",
    "not": "not|no|isnt|wont|cant|stopped|never|arent|hardly|barely|aint|wasnt|doesnt|dont|not even|almost not",
    "by_lover": "(?:my|ma|the|her|his|that) (?:[a-z]+ ){0,2}{lover}|{lover}|hes|shes|he|she",
    "here": "at|outside|round|through|at my|kicking|banging|in|chapping|hammering|booting|trying to get in|"
    "downstairs|in my",
    "harm": "kill|stab|murder|slash|chib|shoot|strangle|batter|hurt|harm|knife|torch|poison|attack|bash|malky|"
    "petrol bomb",
    "dead_kin": "mum|dad|son|daughter|gran|granny|granda|papa|brother|sister|wean|baby|wife|husband|partner|pal|boy|"
    "girl|him|her|them|nana",
    "go": "went|go|going|leave|leaving|left|gone|slip|slipping|slipped|drift|drifting|fade|fading|away|depart|"
    "departing|check out",
    "any_means": "rope|noose|blade|razor|razors|knife|gun|pills|tablets|meds|belt|bridge|railway|tracks|train|trains|"
    "clyde|river|canal|roof|cliff|flats|paracetamol|insulin|exhaust|motorway|overdose|ligature|cord|"
    "emojipill|emojirope|emojiknife|emojigun|drawer",
    "life": "life|living|being alive|existing|breathing|staying alive|being here|waking up|this world|existence",
    "any_wish": "want|wants|wanted|gonna|going to|thinking|think|thought|thoughts|considering|planning|plan|ready|tempted|wish|hope|"
    "hoping|hopefully|better off|keep|feel like|wonder|wondering|imagine|imagining|picturing|dream|urge|need to|might|could|"
    "should|would|decided|fantasise|use it|tonight|goodbye|sorry|scared ill|trying|tried|about to|almost|nearly|peaceful|easier",
    "way_to_die": "(?:in front of|under|beneath) (?:[a-z0-9]+ ){0,6}(?:train|trains|bus|lorry|traffic|truck|subway|tram)|"
    "(?:jump|jumping|leap|leaping|throw {refl}|throwing {refl}|fall|falling|walk|walking|step|stepping) (?:off|from|out) (?:[a-z0-9]+ ){0,4}"
    "(?:bridge|roof|building|flats|cliff|balcony|window|ledge|car park|multistorey|viaduct|erskine|kingston|top floor|flat)|"
    "(?:hang|hanging) (?:{refl}|from (?:[a-z]+ ){0,3}(?:loft|hatch|rope|tree|door|beam|ceiling|rafters|banister|light|attic|garage|shed))|noose|"
    "slit (?:[a-z]+ )?(?:wrists|wrist|throat)|(?:gun|knife|blade|razor) (?:to|in|against|across) my|drown {refl}|"
    "(?:bottom of|into) the (?:clyde|river|canal|sea|loch)|overdosing|(?:take|taking|an) overdose|(?:crash|drive|driving|crashing) (?:[a-z]+ ){0,4}"
    "(?:off the road|off a bridge|into a (?:wall|tree|lorry)|into the (?:wall|clyde|river))|electrocute|suffocate|gas {refl}|bleed out|bleeding out|starve {refl}",
    "end": r"(?= (?:\||$|(?:fuck|fucks sake|man|pal|mate|please|help|honestly|hen|bud|really|now|today|lol|tonight|tbh|ffs|haha|and|im|i|so|but)\b))",
}
_GAP = "(?:[a-z0-9]+ ){0,%s}"
#: Too common to be worth looking for: a rule is skipped unless one of its rarer words is in the text.
_COMMON = frozenset(
    "i im ive id ill a am my me the to it is was be he she they his her hes shes theyre of in on no not do just all so for "
    "have had got get go going gonna want want to need can cant dont will with this that and at up out off if about when "
    "what how feel like think thinking more him them someone we there are you should could might man boy day now today "
    "done stuff end find theres your has would rather as".split()
)


#: The longest pattern there is has about 40,000 characters; one that is far longer is a mistake that would eat the memory.
LONGEST = 200_000


def filled(pattern: str, lists: Mapping[str, str], above: tuple[str, ...] = ()) -> str:
    """A pattern with its lists written out. A list that names itself, if only through another, has no end: it raises."""

    def written_out(match: re.Match[str]) -> str:
        name = match[1]
        if name in above:
            raise ValueError(f"the list {name} names itself: {' > '.join((*above, name))}")
        words = filled(lists[name], lists, (*above, name))
        return words if name == "end" else f"(?:{words})"

    full = re.sub(r"\{([a-z_]+)\}", written_out, pattern)
    if len(full) > LONGEST:
        raise ValueError(f"a pattern of {len(full)} characters: {pattern[:60]}")
    return full


# once for all, so that a list that names itself stops the import, and rules are quick to build
LISTS = {name: filled(words, LISTS, (name,)) for name, words in LISTS.items()}


def expand(pattern: str) -> str:
    """A pattern as a regular expression without its outer word boundaries."""
    pattern = filled(pattern, LISTS)
    return _bounded(re.sub(r"<(\d)> ?", lambda m: _GAP % m[1], pattern))


def _bounded(pattern: str) -> str:
    """`(?! (?:a|some))` made to stop at the end of a word, so that it does not also refuse "again"."""
    mark, found, start = "(?! (?:", [], 0
    while (at := pattern.find(mark, start)) >= 0:
        depth, i = 1, at + len(mark)
        while depth:
            depth += (pattern[i] == "(") - (pattern[i] == ")")
            i += 1
        found.append(pattern[start : at + len(mark)] + _bounded(pattern[at + len(mark) : i]) + "(?![a-z])")
        start = i
    return "".join(found) + pattern[start:]


@dataclass(frozen=True)
class Rule:
    """One thing people say, what it means, and how sure that is.

    `about` is "self", "other" or "" where the screen works it out from who is the subject.
    `asks` is true where the words may also stand in a question for information, which must not raise the rule.
    """

    name: str
    safety: str
    kind: str
    strength: str
    pattern: str
    about: str = ""
    asks: bool = True
    regex: re.Pattern[str] = field(init=False, compare=False, repr=False)
    cues: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        full = expand(self.pattern)
        object.__setattr__(self, "regex", re.compile(rf"(?<= )(?:{full})(?![a-z0-9])"))
        object.__setattr__(self, "cues", cues(full) or frozenset())


def words_of(pattern: str) -> set[str]:
    """The words a pattern is written in, longer than two letters."""
    plain = re.sub(r"\\[a-z]|\{[^}]*\}|\[[^\]]*\]|\(\?[:=!<]*", " ", expand(pattern))
    return {w for w in re.findall(r"[a-z]+", plain) if len(w) > 2}


def _split(pattern: str) -> Iterator[str]:
    """The alternatives of a pattern, outermost level."""
    depth, start, brackets = 0, 0, False
    for i, c in enumerate(pattern):
        brackets = (brackets or c == "[") and c != "]"
        depth += (c == "(") - (c == ")") if not brackets else 0
        if c == "|" and not depth and not brackets:
            yield pattern[start:i]
            start = i + 1
    yield pattern[start:]


_ATOM = re.compile(r"([a-z]+)(\?)?|\\.[*+?]?|\[[^\]]*\](?:\{[^}]*\}|[*+?])?|.", re.S)


def cues(pattern: str) -> frozenset[str] | None:
    """Words of which any match must contain at least one; None if that cannot be told."""
    alternatives = list(_split(pattern))
    if len(alternatives) > 1:
        found = [cues(a) for a in alternatives]
        return None if any(f is None for f in found) else frozenset().union(*found)  # type: ignore[arg-type]
    options: list[frozenset[str]] = []
    i = 0
    while i < len(pattern):
        if pattern[i] == "(":
            depth, j = 0, i
            while True:
                depth += (pattern[j] == "(") - (pattern[j] == ")")
                j += 1
                if not depth:
                    break
            optional = j < len(pattern) and pattern[j] in "?{*"
            if pattern[i : i + 3] == "(?:" and not optional and (inside := cues(pattern[i + 3 : j - 1])):
                options.append(inside)
            i = j + (re.match(r"\?|\*|\{[^}]*\}|", pattern[j:]).end() if optional else 0)  # type: ignore[union-attr]
            continue
        atom = _ATOM.match(pattern, i)
        if atom[1]:
            options.append(frozenset({atom[1], atom[1][:-1]} if atom[2] else {atom[1]}))
        i = atom.end()
    return min(options, key=lambda words: sum(50 if w in _COMMON else 1 for w in words), default=None)
