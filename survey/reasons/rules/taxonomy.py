"""Version 1 of the taxonomy, in the order in which it is always shown."""

from survey.reasons.rules.phrases import PHRASES
from survey.reasons.rules.values import Control, Reason, Will

TAXONOMY_VERSION = 1

LEVELS: dict[str, str] = {
    "P": "Price and value",
    "S": "Product or service",
    "E": "People and encounters",
    "R": "Response to a problem",
    "A": "Access and effort",
    "X": "Another supplier",
    "T": "Trust and policy",
    "N": "Need ended or changed",
    "U": "Outside anyone’s control",
    "B": "Payment failed",
    "F": "We ended it",
    "Z": "Not known",
}

# What only staff can know, or what nobody who leaves could or should have to tick.
STAFF_ONLY = frozenset({"U1", "B", "F", "Z1", "Z3"})

# code, control + will, label, customer wording, definition
ROWS: tuple[tuple[str, str, str, str, str], ...] = (
    ("P1", "CV", "Price too high", "The price was too high for me", "The price itself; no rise is named"),
    ("P2", "CV", "Price rise", "The price went up", "An increase triggered it"),
    ("P3", "CV", "Unexpected charges", "There were charges I did not expect", "Fees, overage, a surprising bill"),
    (
        "P4",
        "CV",
        "Loyal customers pay more",
        "New customers got a better price than I did",
        "Worse terms than new customers get",
    ),
    ("P5", "CV", "Not worth it any more", "I was not getting enough for my money", "The value fell at the same price"),
    ("S1", "CV", "Faults", "It did not work reliably", "Breaks, errors, outages, wrong orders"),
    ("S2", "CV", "Quality", "The quality was not what I had hoped for", "It works, but not well enough"),
    ("S3", "CV", "Missing range or feature", "It did not have something I needed", "A needed thing is not offered"),
    ("S4", "CV", "A change for the worse", "Something I liked was changed or dropped", "We changed or dropped it"),
    ("S5", "CV", "Billing error", "My bill or my details were wrong", "A wrong bill or record"),
    ("E1", "CV", "Attitude", "I did not feel well treated", "Rude or uncaring contact"),
    ("E2", "CV", "No reply", "It was hard to get an answer or be heard", "No reply, no-show, not listened to"),
    ("E3", "CV", "Lack of knowledge", "I could not get the expert help I needed", "Staff could not help"),
    ("E4", "CV", "Treated as too small", "I felt that bigger customers came first", "Bigger customers came first"),
    ("R1", "CV", "Problem not fixed", "A problem I reported was not put right", "A complaint stayed unresolved"),
    (
        "R2",
        "CV",
        "Fixed badly or late",
        "Putting a problem right took too long",
        "A problem was put right grudgingly, slowly or in part",
    ),
    (
        "R3",
        "CV",
        "Promise or refund refused",
        "I did not get a refund, return or promise I had counted on",
        "A refund, return, warranty or promise was refused",
    ),
    (
        "A1",
        "PV",
        "Location or hours",
        "The place or the opening hours did not suit me",
        "Place, opening hours, parking, road works",
    ),
    ("A2", "CV", "Waiting", "I had to wait too long", "A queue, an appointment, a delivery"),
    ("A3", "CV", "Hard to use", "It was hard to use or set up", "Effort, learning, self-service"),
    ("X1", "PV", "Better offer elsewhere", "I found a better offer elsewhere", "Cheaper, or more for the money"),
    (
        "X2",
        "PV",
        "Better product elsewhere",
        "I found something that suits me better elsewhere",
        "Another supplier’s product is superior",
    ),
    (
        "X3",
        "PV",
        "Recommended elsewhere",
        "Someone I trust recommended another supplier",
        "A friend, an adviser or a group chose another supplier",
    ),
    ("X4", "PV", "Doing it in-house", "I do it myself now", "Replaced by their own effort"),
    (
        "T1",
        "CV",
        "Trust or safety",
        "I did not feel I could trust it, or feel safe",
        "Felt misled, pressed, or unsafe with their data",
    ),
    ("T2", "CV", "A rule said no", "A rule stood in the way of what I asked for", "A rule blocked a fair request"),
    (
        "T3",
        "PV",
        "Disagrees with our stance",
        "I do not agree with a position that was taken",
        "Values or a public position",
    ),
    ("N1", "UV", "Job done", "I had what I came for and no longer need it", "A planned end"),
    (
        "N2",
        "UV",
        "Circumstances changed",
        "My life or work changed and I do not need it now",
        "New job, family, health or habits",
    ),
    ("N3", "PV", "Pausing", "I am taking a break and may come back", "Seasonal; intends to return"),
    ("U1", "UL", "Died", "The customer has died", "Bereavement: every message stops at once"),
    ("U2", "UL", "Moved away", "I moved away", "Out of the area that is served"),
    ("U3", "UL", "Lost means", "I can no longer afford it", "Redundancy, insolvency, hardship"),
    (
        "U4",
        "UL",
        "Business closed or bought",
        "My business closed or changed hands",
        "The account ended by a merger or a closure",
    ),
    (
        "U5",
        "UL",
        "Rule, disaster or closed site",
        "Something outside my control made it impossible",
        "Law, flood, a closed branch; partly controllable where the site was ours",
    ),
    ("B", "CB", "Payment failed", "My payment did not go through", "They never chose to leave"),
    ("F", "CF", "We ended it", "The agreement was ended for me", "Non-payment, abuse, or we withdrew"),
    ("Z1", "--", "No answer", "I was asked and gave no reason", "Asked, but did not answer"),
    ("Z2", "--", "Not known", "I’m not sure, or I’d rather not say", "Does not know or would rather not say"),
    ("Z3", "--", "Not asked", "I was not asked", "Nobody has asked yet"),
)


def _reason(code: str, control_and_will: str, label: str, wording: str, definition: str) -> Reason:
    return Reason(
        code=code,
        level1=code[0],
        label=label,
        definition=definition,
        control=Control(control_and_will[0]),
        will=Will(control_and_will[1]),
        customer_wording=wording,
        phrases=PHRASES.get(code, ()),
        staff_only=code in STAFF_ONLY,
    )


REASONS: dict[str, Reason] = {row[0]: _reason(*row) for row in ROWS}


def offerable() -> tuple[Reason, ...]:
    """The reasons a leaver may be offered, in table order; the one for “I’d rather not say” is last."""
    return tuple(reason for reason in REASONS.values() if not reason.staff_only)
