"""What people praise: in which part of the taxonomy’s first level a positive comment is at home.

The taxonomy’s own phrases are those of people who leave; what people like they say in other words. A phrase is written as in
`survey.reasons.rules.phrases`. A clause that finds more fault than it praises does not count, nor a phrase that is denied.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from survey.text.rules.languages import same_language
from survey.text.rules.lexicon import valences
from survey.text.rules.phrasebook import NEGATORS, Hit, PhraseBook
from survey.text.rules.plain import normalise, taken_apart

LOOK_BACK = 3
KEPT = 10_000
PRAISED: Mapping[str, str] = {
    "P": """
        value; value for money; pric*; affordable; inexpensive; cheap|cheaper; budget; bargain; discount*; worth ..
        money|penny|price|cost; good|great|fair|reasonable|low rate*|fee*|cost*
    """,
    "S": """
        quality; clean; cleanliness; spotless; hygien*; equipment; machine*; class|classes; course|courses; lesson*; range; choice;
        selection; variety; reliable; reliability; comfortable; comfy; delicious; tasty; food; meal*; coffee; fresh; product*;
        feature*; facilit*; pool; sauna; atmosphere; ambience; mood; does the job; works well|great|fine|perfectly; everything
        works; it works; care received; treatment*; results; sound; picture|pictures; screen; battery; design; room|rooms; bed|beds;
        well made|built; durable; sturdy; interesting; useful; enjoy*; programme*; program|programs; content
    """,
    "E": """
        staff; team; people; trainer*; instructor*; coach|coaches; teacher*; receptionist*; reception; front desk; nurse*; doctor*;
        dr; gp; midwife; midwives; consultant*; surgeon*; therapist*; driver*; waiter*; waitress*; crew; attendant*; agent*; adviser*; advisor*;
        manager*; friendly; friendliness; kind; kindness; polite; politeness; caring; cared for; welcoming; welcome; welcomed;
        courteous; attentive; listen; listens; listened; listening; professional; professionalism; smile*; smiling; patient with;
        customer service; respect*; compassion*; dignity; lovely lady|man|people; knowledgeable; helpful; reassur*; explain*;
        personal touch|service; at ease; understanding; supportive; support; treated; advice; assistance
    """,
    "R": """
        fixed; sorted; put right; put it right; made it right; refund*; replaced; replacement*; solved; resolved; apolog*; dealt with;
        took care of
    """,
    "A": """
        quick|quickly; fast; prompt|promptly; efficient|efficiently; efficiency; speedy; swift*; on time; punctual*; hours; easy|easily;
        ease of; simple; straightforward; convenient; convenience; location; located; near|nearby; close by|to; parking; no|short|little wait*;
        never .. wait*; wasn't|didn't .. wait*; seen straight; straight away; immediate*; app; website; online; booking; appointment*;
        in and out; accessible; on the day; same day; no fuss; responsive; well organised|organized
    """,
    "T": """
        honest|honestly; honesty; trust*; transparent; safe; safety; no pressure; confidence; confident; confidential; secure;
        no hidden; no surprises; dependable
    """,
}  # fmt: skip


def levels(text: str, language: str, codes: Sequence[str]) -> tuple[str, ...]:
    """The first levels that a positive comment speaks for: what a person said it is about, else what is read in it.

    Only English is read.
    """
    if codes:
        return tuple(dict.fromkeys(code[0] for code in codes))
    return praised(text) if same_language(language, "en") else ()


@lru_cache(maxsize=KEPT)
def praised(text: str) -> tuple[str, ...]:
    """The first levels that a positive comment praises, in the taxonomy’s order; none where nothing is named that we know."""
    found = {level for clause in taken_apart(normalise(text)) for level in _in_clause(clause.keys)}
    return tuple(level for level in PRAISED if level in found)


def _in_clause(keys: Sequence[str]) -> Iterator[str]:
    if _finds_fault(keys):
        return
    yield from (hit.value for hit in _book().find(keys) if hit.denies or not _is_denied(hit, keys))


def _finds_fault(keys: Sequence[str]) -> bool:
    lexicon = valences()
    return sum(lexicon.get(key, 0.0) * (-1 if _follows_denial(keys, at) else 1) for at, key in enumerate(keys)) < 0


def _follows_denial(keys: Sequence[str], at: int) -> bool:
    return not NEGATORS.isdisjoint(keys[max(0, at - LOOK_BACK) : at])


def _is_denied(hit: Hit, keys: Sequence[str]) -> bool:
    return _follows_denial(keys, hit.start)


@lru_cache(maxsize=1)
def _book() -> PhraseBook:
    return PhraseBook(
        (level, " ".join(phrase.split())) for level, said in PRAISED.items() for phrase in said.split(";")
    )
