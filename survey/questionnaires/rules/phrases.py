"""Words that make a question worse, by language: what the advice on a draft looks for. All are regular expressions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from re import Pattern


def _any_of(*patterns: str) -> Pattern[str]:
    """Whole words or phrases, in any case; `~` at the end of one stands for any ending."""
    parts = "|".join(rf"{one[:-1]}\w*" if one.endswith("~") else one for one in patterns)
    return re.compile(rf"(?<![\w-])(?:{parts})(?![\w-])", re.IGNORECASE)


@dataclass(frozen=True)
class Phrases:
    """The words of one language."""

    leading: Pattern[str]  # puts the answer into somebody's mouth
    loaded: Pattern[str]  # praises or damns what is asked about
    absolute: Pattern[str]  # leaves no room between yes and no
    joining: Pattern[str]  # joins two things
    joined: Pattern[str]  # pairs that are one thing
    begins_closed: Pattern[str]  # how questions begin that are answered with yes or no
    negation: Pattern[str]
    jargon: Pattern[str]
    personal: Pattern[str]  # asks who somebody is
    private: Pattern[str]  # what nobody should have to tell
    address: Pattern[str]  # asks for an e-mail address
    good: Pattern[str]  # in labels of a scale
    bad: Pattern[str]
    middle: Pattern[str]
    evading: Pattern[str]  # none of these, something else, not known
    yes_or_no: Pattern[str]
    frequency: Pattern[str]
    below: Pattern[str]  # of a range of numbers: less than the number
    up_to: Pattern[str]  # the number, or less
    above: Pattern[str]
    from_on: Pattern[str]
    or_less: str  # after the number
    or_more: str
    to: str  # between two numbers
    longest: int  # words in a sentence


ENGLISH = Phrases(
    leading=_any_of(
        r"(?:do|did|are|is|was|were|would|could|should|have|has)(?:n['’]t| not) (?:you|it|we|they) (?:also )?(?:agree|think|feel|believe|say|love|like|prefer)",
        r"(?:do|would) you agree (?:that|with us|with me|with our)", "(?:don['’]t|wouldn['’]t) you agree", r"(?:is|was|are|were|do|does|did|would)n['’]t (?:it|that|this|they|we|you)",
        r"how much (?:do|did|would) you (?:love|like|enjoy|adore|appreciate|hate|dislike)",
        r"why (?:do|did) you (?:love|like|enjoy|prefer|hate|dislike)", "surely", "obviously", "clearly", "as you know",
        "as we all know", "most (?:people|customers|members|guests|patients)", "everybody knows", "everyone knows",
        "experts (?:say|agree)", "of course",
        r"how (?:great|bad|nice|helpful|friendly|useful|fast|quick|amazing|wonderful|excellent|terrible|awful|poor|slow|annoying|frustrating)",
        "how (?:much better|much worse|badly|greatly)",
    ),
    loaded=_any_of(
        "amazing", "awesome", "awful", "award-winning", "world-class", "cutting-edge", "disaster", "disastrous", "excellent",
        "exceptional", "fantastic", "greedy", "horrible", "horrific", "incredible", "lovely", "outrageous", "outstanding", "perfect",
        "ridiculous", "rip-off", "superb", "superior", "terrible", "unacceptable", "unfair", "wonderful", "brilliant",
        "inferior", "disgusting", "our (?:great|friendly|helpful|best|famous|popular|delicious)",
    ),
    absolute=_any_of("always", "never", "every single", "every time", "at all times", "absolutely", "totally", "utterly", "entirely"),
    joining=_any_of("and", "as well as", "and/or", "plus", "along with") ,
    joined=_any_of(
        r"(?:between|from) \S+ and \S+", "terms and conditions", "bed and breakfast", "food and drinks?", "pros and cons",
        "health and safety", r"you and your \w+", "now and then", "again and again", "up and running", "trial and error",
        "pick and choose", "there and back", r"friends? and (?:family|colleagues?|relatives)", r"family and friends",
        "for and against", "wear and tear", "peace and quiet", "black and white", "first and last name", "time and again",
        r"\d+ and \d+", "more and more", "come and go", "go and see", "try and", "heating and cooling", "lost and found",
        "back and forth", "each and every", "question and answer", "by and large", "and so on", "drop-off and pick-up",
    ),
    begins_closed=re.compile(
        r"^(?:do|does|did|is|are|was|were|will|would|should|could|can|have|has|had)(?:n['’]t)?\b", re.IGNORECASE
    ),
    negation=re.compile(r"\b(?:not|never|no longer|without|unlikely|disagree|hardly|cannot)\b|n['’]t\b", re.IGNORECASE),
    jargon=_any_of(
        "touch ?points?", "touch-points?", "omni-?channel", "stakeholders?", "synerg(?:y|ies)", "leverag(?:e|ed|ing)", "utili[sz]\\w*",
        "KPIs?", "SLAs?", "ROI", "CRM", "UX", "UI", "CSAT", "FCR", "value propositions?", "pain points?", "customer journey",
        "end-?users?", "onboarding", "ecosystem", "holistic(?:ally)?", "deliverables?", "paradigm", "bandwidth", "churn~",
        "best-in-class", "go-to-market", "functionalit(?:y|ies)", "value-added", "upsell~", "B2B", "B2C", "granular",
        "actionable", "learnings", "solutioning", "user interface", "end-to-end", "modalit(?:y|ies)", "facilitat(?:e|ed|ing)",
    ),
    personal=_any_of(
        "your (?:full |first |last |own |real )?name", "your (?:home |postal |street )?address", "where (?:exactly )?do you live",
        "(?:tele)?phone number", "mobile number", "date of birth", "birthday", "birth date", "when were you born",
        "(?:customer|membership|member|account|passport|insurance|social security) number", "who are you",
    ),
    private=_any_of(
        "religio~", "sexual~", "political~", "which party", "ethnic~", "race", "skin colou?r", "income", "salary",
        "do you earn", "marital status", "diagnos~", "illness~", "disabilit~", "pregnan~", "trade union",
    ),
    address=_any_of("e-?mail(?: address)?", "mail address"),
    good=_any_of(
        "good", "great", "excellent", "satisfied", "happy", "likely", "easy", "agree", "best", "better", "fair price", "friendly", "fast",
        "love", "like", "perfect", "outstanding", "wonderful", "amazing", "fantastic", "superb", "positive", "helpful",
        "pleased", "delighted", "often", "important", "useful", "clear", "exceeded", "above", "impressed",

    ),
    bad=_any_of(
        "bad", "poor", "dissatisfied", "unsatisfied", "unhappy", "unlikely", "difficult", "hard", "disagree", "worst", "worse", "terrible",
        "awful", "horrible", "hate", "dislike", "negative", "unhelpful", "disappoint~", "unimportant", "useless", "unclear",
        "slow", "unfriendly", "below", "fell short",
        r"not (?:at all |very |so |really |that )?(?:good|great|satisfied|happy|likely|easy|helpful|important|useful|clear|friendly|pleased)",
    ),
    middle=_any_of(
        "neutral", "neither", "ok", "okay", "average", "fair", "so-so", "undecided", "in between", "acceptable", "mixed",
        "about the same", "the same", "as expected", "met",
    ),
    evading=_any_of(
        "other", "others", "another", "something else", "somewhere else", "someone else", "somebody else", "none", "no one", "nobody",
        "neither", "nothing", "not sure", "unsure", r"don['’]t know", "do not know", r"can['’]t say", r"don['’]t remember",
        "not applicable", "n/a", "no opinion", "rather not", "prefer not", r"(?:does|did)(?: not|n['’]t) apply", "not yet", "elsewhere",
        "different", "all of (?:them|these)", "no preference", "never", "both", "any of them", "i did not", r"i (?:have|did)n['’]t",
    ),
    yes_or_no=re.compile(r"^(?:yes|no)\b", re.IGNORECASE),
    frequency=_any_of(
        "daily", "weekly", "monthly", "yearly", "every (?:day|week|month|year)", "once", "twice", "times", "often", "rarely", "seldom",
        "sometimes", "always", "usually", "first time", "a (?:day|week|month|year)", "today", "yesterday", "(?:last|this) (?:week|month|year)", "longer ago",
    ),
    below=re.compile(r"(?:under|below|less than|fewer than|younger than|<)\s*$", re.IGNORECASE),
    up_to=re.compile(r"(?:up to|at most|no more than|≤)\s*$", re.IGNORECASE),
    above=re.compile(r"(?:over|above|more than|older than|>)\s*$", re.IGNORECASE),
    from_on=re.compile(r"(?:at least|from|≥)\s*$", re.IGNORECASE),
    or_less=r"^\s*\S*\s*(?:or|and) (?:less|fewer|under|younger|below)",
    or_more=r"^\s*\+|^\s*\S*\s*(?:or|and) (?:more|over|older|above|up)",
    to=r"\s*(?:-|–|—|to|through|and)\s*",
    longest=25,
)  # fmt: skip

GERMAN = Phrases(
    leading=_any_of(
        "finden sie nicht", "findest du nicht", "sind sie nicht(?: auch)?", "bist du nicht(?: auch)?", "meinen sie nicht",
        "stimmen sie (?:uns )?zu,? dass", "stimmst du (?:uns )?zu,? dass", "würden sie (?:uns )?zustimmen", "nicht wahr", "glauben sie nicht",
        "wie sehr (?:lieben|mögen|genießen|schätzen|hassen|gefällt|liebst|magst)", "warum (?:lieben|mögen|bevorzugen|hassen) sie",
        "sicherlich", "natürlich", "selbstverständlich", "bekanntlich", "offensichtlich", "wie sie wissen", "wie du weißt",
        "die meisten (?:menschen|kunden|kundinnen|gäste|leute|mitglieder)", "jeder weiß", "alle wissen", "fachleute sagen",
        r"wie (?:toll|großartig|schlecht|schlimm|freundlich|hilfreich|schnell|langsam|nützlich|hervorragend|furchtbar|ärgerlich|schön)",
    ),
    loaded=_any_of(
        "toll(?:e|en|er|es)?", "großartig~", "hervorragend~", "fantastisch~", "wunderbar~", "perfekt~", "unglaublich~", "ausgezeichnet~",
        "exzellent~", "erstklassig~", "preisgekrönt~", "schrecklich~", "furchtbar~", "katastroph~", "lächerlich~", "unverschämt~",
        "abzocke", "gierig~", "inakzeptabel~", "unfair~", "miserabel~", "mangelhaft~",
        "unser(?:e|en|em|er)? (?:freundlich|hilfsbereit|best|beliebt|lecker|gut|berühmt)\\w*",
    ),
    absolute=_any_of("immer(?! noch| wieder)", "nie", "niemals", "stets", "jedes mal", "jederzeit", "absolut~", "völlig", "vollkommen", "total", "restlos"),
    joining=_any_of("und", "sowie", "und/oder", "plus", "als auch"),
    joined=_any_of(
        r"(?:zwischen|von) \S+ und \S+", r"sie und ihre?\w* \w+", "ab und zu", "nach und nach", "hin und wieder", "essen und trinken",
        "speisen und getränke", "vor- und nachteile", "vor- und nachname", "freunde und (?:bekannte|familie|verwandte)\\w*",
        "freunden und (?:bekannten|familie|verwandten)", "rund um", "hin und zurück", "mehr und mehr", "nach wie vor", r"\d+ und \d+",
        "kolleginnen und kollegen", r"\w+innen und \w+", "damen und herren", "grund und boden", "und so weiter", "auf und ab", "familie und freunde\\w*",
    ),
    begins_closed=re.compile(
        r"^(?:sind|ist|war|waren|haben|hat|hatten|hatte|würden|würde|werden|wird|können|kann|konnten|sollten|sollte|möchten|finden|fanden|"
        r"glauben|denken|meinen|nutzen|kennen|bist|hast|würdest|kannst|findest)\b",
        re.IGNORECASE,
    ),
    negation=re.compile(r"\b(?:nicht|nie|niemals|kein\w*|ohne|kaum|unwahrscheinlich|ablehnen)\b", re.IGNORECASE),
    jargon=_any_of(
        "touch-?points?", "omni-?channel", "stakeholder\\w*", "synergie~", "KPIs?", "SLAs?", "ROI", "CRM", "UX", "UI", "CSAT",
        "customer journey", "usability", "onboarding", "value proposition", "pain-?points?", "holistisch~", "performant~",
        "zielführend~", "kundenzentri\\w*", "mehrwerte?", "deliverables?", "learnings", "workflows?", "best practices?", "user experience",
        "implementier~", "end-?user\\w*", "B2B", "B2C", "proaktiv~", "ganzheitlich~", "funktionalität~",
    ),
    personal=_any_of(
        "ihr(?:en)? (?:voller |vollen |vor- und nach)?name\\w*", "ihren vor- und nachnamen", "wie heißen sie", "wie heißt du", "ihre (?:genaue |private )?(?:anschrift|adresse)", "wo wohnen sie",
        "telefonnummer", "handynummer", "mobilnummer", "geburtsdatum", "geburtstag", "wann sind sie geboren", "wer sind sie",
        "(?:kunden|mitglieds|konto|ausweis|versicherungs)nummer",
    ),
    private=_any_of(
        "religi~", "konfession", "sexuell~", "politisch~", "welche partei", "ethnisch~", "hautfarbe", "einkommen", "gehalt",
        "verdienen sie", "familienstand", "diagnose~", "krankheit~", "behinderung~", "schwanger~", "gewerkschaft~",
    ),
    address=_any_of("e-?mail(?:-?adresse)?", "mailadresse"),
    good=_any_of(
        "gut(?:e|er|es)?", "sehr gut", "ausgezeichnet", "hervorragend", "zufrieden", "glücklich", "wahrscheinlich", "einfach", "leicht",
        "stimme (?:voll |ganz |völlig |eher )*zu", "trifft (?:voll |ganz |völlig |eher )*zu", "best(?:e|en|ens)?", "besser", "freundlich", "schnell", "toll", "perfekt", "super", "prima", "großartig",
        "positiv", "hilfreich", "oft", "wichtig", "nützlich", "klar", "übertroffen",
    ),
    bad=_any_of(
        "schlecht(?:e|er|es)?", "mangelhaft", "ungenügend", "unzufrieden", "unglücklich", "unwahrscheinlich", "schwierig", "schwer", "schlechter",
        "schlimm", "furchtbar", "schrecklich", "negativ", "enttäusch~", "unwichtig", "nutzlos", "unklar", "langsam", "unfreundlich",
        "stimme (?:eher |gar |überhaupt |ganz und gar )*nicht zu", "trifft (?:eher |gar |überhaupt )*nicht zu", "lehne\\w* .*ab",
        "(?:gar |überhaupt |eher |nicht sehr )*nicht (?:gut|zufrieden|wahrscheinlich|einfach|leicht|hilfreich|wichtig|nützlich|klar|freundlich|so gut)",
    ),
    middle=_any_of(
        "neutral", "weder", "teils", "mittel\\w*", "befriedigend", "durchschnittlich", "in ordnung", "okay", "ok", "unentschieden", "geht so",
        "gleich", "genauso", "wie erwartet", "erfüllt", "akzeptabel", "teils teils", "ausreichend",
    ),
    evading=_any_of(
        "ander\\w*", "etwas anderes", "sonst\\w*", "kein\\w*", "nichts", "niemand", "weiß (?:ich )?nicht", "weiß es nicht", "nicht sicher", "unsicher", "keine angabe",
        "möchte (?:ich )?nicht", "lieber nicht", "trifft nicht zu", "noch nicht", "woanders", "beides", "egal", "nie", "alle", "weder noch", "keine davon", "ich habe nicht",
    ),
    yes_or_no=re.compile(r"^(?:ja|nein)\b", re.IGNORECASE),
    frequency=_any_of(
        "täglich", "wöchentlich", "monatlich", "jährlich", "jed\\w+ (?:tag|woche|monat|jahr)", "einmal", "zweimal", "mal", "oft", "selten",
        "manchmal", "immer", "meistens", "(?:am|pro) (?:tag|woche|monat|jahr)", "zum ersten mal", "heute", "gestern", "(?:letzte|diese)\\w* (?:woche|monat|jahr)", "länger her",
    ),
    below=re.compile(r"(?:unter|weniger als|jünger als|<)\s*$", re.IGNORECASE),
    up_to=re.compile(r"(?:bis(?: zu)?|höchstens|maximal|≤)\s*$", re.IGNORECASE),
    above=re.compile(r"(?:über|mehr als|älter als|>)\s*$", re.IGNORECASE),
    from_on=re.compile(r"(?:ab|mindestens|von|≥)\s*$", re.IGNORECASE),
    or_less=r"^\s*\S*\s*(?:oder|und) (?:weniger|jünger|darunter)",
    or_more=r"^\s*\+|^\s*\S*\s*(?:oder|und) (?:mehr|älter|darüber)",
    to=r"\s*(?:-|–|—|bis|bis zu|und)\s*",
    longest=24,
)  # fmt: skip

LANGUAGES: Mapping[str, Phrases] = {"en": ENGLISH, "de": GERMAN}


def phrases_of(language: str) -> Phrases | None:
    """Return the words of a language ("de-AT" is German); None where we know none."""
    return LANGUAGES.get(language.split("-")[0])
