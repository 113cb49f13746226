"""Word forms of a lemma, so that the grammar does not depend on a lemmatizer's guess for rare verbs.

English inflection by rule, with the irregular verbs that occur in the grammar. A form too many ("runned") does no
harm: it never occurs.
"""

from __future__ import annotations

import re

__all__ = ["forms"]

_IRREGULAR = {
    "be": "am is are was were been being",
    "beat": "beat beats beaten beating",
    "become": "becomes became becoming",
    "begin": "begins began begun beginning",
    "bind": "binds bound binding",
    "break": "breaks broke broken breaking",
    "bring": "brings brought bringing",
    "build": "builds built building",
    "burst": "bursts bursting",
    "buy": "buys bought buying",
    "catch": "catches caught catching",
    "choose": "chooses chose chosen choosing",
    "come": "comes came coming",
    "cut": "cuts cutting",
    "deal": "deals dealt dealing",
    "do": "does did done doing",
    "draw": "draws drew drawn drawing",
    "drive": "drives drove driven driving",
    "eat": "eats ate eaten eating",
    "fall": "falls fell fallen falling",
    "feed": "feeds fed feeding",
    "fight": "fights fought fighting",
    "find": "finds found finding",
    "forbid": "forbids forbade forbidden forbidding",
    "give": "gives gave given giving",
    "go": "goes went gone going",
    "grow": "grows grew grown growing",
    "have": "has had having",
    "hit": "hits hitting",
    "hold": "holds held holding",
    "keep": "keeps kept keeping",
    "lead": "leads led leading",
    "leave": "leaves left leaving",
    "let": "lets letting",
    "lie": "lies lay lain lying",
    "light": "lights lit lighted lighting",
    "lose": "loses lost losing",
    "make": "makes made making",
    "mean": "means meant meaning",
    "put": "puts putting",
    "quit": "quits quitting",
    "rid": "rids ridding",
    "ride": "rides rode ridden riding",
    "rise": "rises rose risen rising",
    "run": "runs ran running",
    "see": "sees saw seen seeing",
    "seek": "seeks sought seeking",
    "send": "sends sent sending",
    "set": "sets setting",
    "shed": "sheds shedding",
    "show": "shows showed shown showing",
    "shrink": "shrinks shrank shrunk shrinking",
    "shut": "shuts shutting",
    "slow": "slows slowed slowing",
    "speed": "speeds sped speeded speeding",
    "spin": "spins spun spinning",
    "split": "splits splitting",
    "spread": "spreads spreading",
    "spring": "springs sprang sprung springing",
    "spur": "spurs spurred spurring",
    "stand": "stands stood standing",
    "steal": "steals stole stolen stealing",
    "stem": "stems stemmed stemming",
    "stick": "sticks stuck sticking",
    "strike": "strikes struck stricken striking",
    "swell": "swells swelled swollen swelling",
    "take": "takes took taken taking",
    "tear": "tears tore torn tearing",
    "tell": "tells told telling",
    "think": "thinks thought thinking",
    "throw": "throws threw thrown throwing",
    "undergo": "undergoes underwent undergone undergoing",
    "underlie": "underlies underlay underlain underlying",
    "understand": "understands understood understanding",
    "upset": "upsets upsetting",
    "wake": "wakes woke woken waking",
    "win": "wins won winning",
    "withdraw": "withdraws withdrew withdrawn withdrawing",
    "withstand": "withstands withstood withstanding",
    "overcome": "overcomes overcame overcoming",
    "override": "overrides overrode overridden overriding",
    "offset": "offsets offsetting",
    "outgrow": "outgrows outgrew outgrown outgrowing",
    "outnumber": "outnumbers outnumbered outnumbering",
    "blow": "blows blew blown blowing",
    "cling": "clings clung clinging",
    "creep": "creeps crept creeping",
    "dig": "digs dug digging",
    "drink": "drinks drank drunk drinking",
    "feel": "feels felt feeling",
    "get": "gets got gotten getting",
    "grind": "grinds ground grinding",
    "hurt": "hurts hurting",
    "lay": "lays laid laying",
    "leap": "leaps leapt leaped leaping",
    "sell": "sells sold selling",
    "shoot": "shoots shot shooting",
    "sink": "sinks sank sunk sinking",
    "sleep": "sleeps slept sleeping",
    "slide": "slides slid sliding",
    "spit": "spits spat spitting",
    "swear": "swears swore sworn swearing",
    "sweep": "sweeps swept sweeping",
    "swing": "swings swung swinging",
    "wear": "wears wore worn wearing",
    "weep": "weeps wept weeping",
}
_IRREGULAR_NOUNS = {
    "analysis": "analyses", "synthesis": "syntheses", "diagnosis": "diagnoses", "necrosis": "necroses",
    "metastasis": "metastases", "apoptosis": "apoptoses", "criterion": "criteria", "stimulus": "stimuli",
    "locus": "loci", "nucleus": "nuclei", "bacterium": "bacteria", "foot": "feet", "man": "men", "woman": "women",
}  # fmt: skip
_VOWEL = "aeiou"
# Final consonant is doubled after one stressed vowel; of longer verbs only these endings are stressed there.
_DOUBLES = re.compile(
    r"(?:^[^aeiou]*[aeiou][bdgklmnprtvz]|(?:mit|fer|cur|pel|bel|trol|cel|val|pat|gin|get|bat|rupt_|equip|abet|rebut|"
    r"outstrip|dial|nel|vel|tal|nal|mel|del|lel|gal|nit_))$"
)


def forms(lemma: str, pos: str) -> list[str]:
    """Inflected lower-case forms of a one-word lemma, the lemma first. `pos` is VERB, NOUN or ADJ."""
    lemma = lemma.lower()
    if pos == "VERB":
        return _verb(lemma)
    if pos == "NOUN":
        return _noun(lemma)
    return _adjective(lemma)


def _adjective(lemma: str) -> list[str]:
    """Comparatives in -er only of short words ("rarer", "healthier")."""
    if len(lemma) > 8 or not lemma.isalpha():
        return [lemma]
    if lemma.endswith("e"):
        return [lemma, lemma + "r"]
    if re.search(r"[^aeiou]y$", lemma):
        return [lemma, lemma[:-1] + "ier"]
    return [lemma, lemma + "er"]


def _s(word: str) -> str:
    if re.search(r"(?:s|x|z|ch|sh|[^aeiou]o)$", word):
        return word + "es"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + "s"


def _verb(lemma: str) -> list[str]:
    prefix, _, base = lemma.rpartition("-")
    lead = f"{prefix}-" if prefix else ""
    if base in _IRREGULAR:
        return [lemma, *(lead + form for form in _IRREGULAR[base].split())]
    for cut in ("re", "over", "under", "out", "up", "down"):
        if base.startswith(cut) and base[len(cut) :] in _IRREGULAR:
            return [lemma, *(lead + cut + form for form in _IRREGULAR[base[len(cut) :]].split())]
    out = [lemma, lead + _s(base)]
    if base.endswith("ie"):
        out += [lead + base + "d", lead + base[:-2] + "ying"]
    elif base.endswith(("ee", "oe", "ye")):
        out += [lead + base + "d", lead + base + "ing"]
    elif base.endswith("e"):
        out += [lead + base + "d", lead + base[:-1] + "ing"]
    elif re.search(r"[^aeiou]y$", base):
        out += [lead + base[:-1] + "ied", lead + base + "ing"]
    else:
        if _DOUBLES.search(base) and base[-1] not in "wxyh":
            out += [lead + base + base[-1] + "ed", lead + base + base[-1] + "ing"]
        if base.endswith("c"):
            out += [lead + base + "ked", lead + base + "king"]
        out += [lead + base + "ed", lead + base + "ing"]
    return out


def _noun(lemma: str) -> list[str]:
    if lemma in _IRREGULAR_NOUNS:
        return [lemma, _IRREGULAR_NOUNS[lemma]]
    out = [lemma, _s(lemma)]
    if lemma.endswith("sis"):
        out.append(lemma[:-2] + "es")
    return out
