"""Version 1 of the taxonomy, in the order in which it is always shown."""

from survey.foundation.language import marked as _
from survey.reasons.rules.phrases import PHRASES
from survey.reasons.rules.values import Control, Reason, Will

TAXONOMY_VERSION = 1

LEVELS: dict[str, str] = {
    "P": _("Price and value"),
    "S": _("Product or service"),
    "E": _("People and encounters"),
    "R": _("Response to a problem"),
    "A": _("Access and effort"),
    "X": _("Another supplier"),
    "T": _("Trust and policy"),
    "N": _("Need ended or changed"),
    "U": _("Outside anyone’s control"),
    "B": _("Payment failed"),
    "F": _("We ended it"),
    "Z": _("Not known"),
}

# What only staff can know, or what nobody who leaves could or should have to tick.
STAFF_ONLY = frozenset({"U1", "B", "F", "Z1", "Z3"})

# fmt: off
# code, control + will, label, customer wording, definition
ROWS: tuple[tuple[str, str, str, str, str], ...] = (
    ("P1", "CV", _("Price too high"), _("The price was too high for me"),
     _("The price itself; no rise is named")),
    ("P2", "CV", _("Price rise"), _("The price went up"),
     _("An increase triggered it")),
    ("P3", "CV", _("Unexpected charges"), _("There were charges I did not expect"),
     _("Fees, overage, a surprising bill")),
    ("P4", "CV", _("Loyal customers pay more"), _("New customers got a better price than I did"),
     _("Worse terms than new customers get")),
    ("P5", "CV", _("Not worth it any more"), _("I was not getting enough for my money"),
     _("The value fell at the same price")),
    ("S1", "CV", _("Faults"), _("It did not work reliably"),
     _("Breaks, errors, outages, wrong orders")),
    ("S2", "CV", _("Quality"), _("The quality was not what I had hoped for"),
     _("It works, but not well enough")),
    ("S3", "CV", _("Missing range or feature"), _("It did not have something I needed"),
     _("A needed thing is not offered")),
    ("S4", "CV", _("A change for the worse"), _("Something I liked was changed or dropped"),
     _("We changed or dropped it")),
    ("S5", "CV", _("Billing error"), _("My bill or my details were wrong"),
     _("A wrong bill or record")),
    ("E1", "CV", _("Attitude"), _("I did not feel well treated"),
     _("Rude or uncaring contact")),
    ("E2", "CV", _("No reply"), _("It was hard to get an answer or be heard"),
     _("No reply, no-show, not listened to")),
    ("E3", "CV", _("Lack of knowledge"), _("I could not get the expert help I needed"),
     _("Staff could not help")),
    ("E4", "CV", _("Treated as too small"), _("I felt that bigger customers came first"),
     _("Bigger customers came first")),
    ("R1", "CV", _("Problem not fixed"), _("A problem I reported was not put right"),
     _("A complaint stayed unresolved")),
    ("R2", "CV", _("Fixed badly or late"), _("Putting a problem right took too long"),
     _("A problem was put right grudgingly, slowly or in part")),
    ("R3", "CV", _("Promise or refund refused"), _("I did not get a refund, return or promise I had counted on"),
     _("A refund, return, warranty or promise was refused")),
    ("A1", "PV", _("Location or hours"), _("The place or the opening hours did not suit me"),
     _("Place, opening hours, parking, road works")),
    ("A2", "CV", _("Waiting"), _("I had to wait too long"),
     _("A queue, an appointment, a delivery")),
    ("A3", "CV", _("Hard to use"), _("It was hard to use or set up"),
     _("Effort, learning, self-service")),
    ("X1", "PV", _("Better offer elsewhere"), _("I found a better offer elsewhere"),
     _("Cheaper, or more for the money")),
    ("X2", "PV", _("Better product elsewhere"), _("I found something that suits me better elsewhere"),
     _("Another supplier’s product is superior")),
    ("X3", "PV", _("Recommended elsewhere"), _("Someone I trust recommended another supplier"),
     _("A friend, an adviser or a group chose another supplier")),
    ("X4", "PV", _("Doing it in-house"), _("I do it myself now"),
     _("Replaced by their own effort")),
    ("T1", "CV", _("Trust or safety"), _("I did not feel I could trust it, or feel safe"),
     _("Felt misled, pressed, or unsafe with their data")),
    ("T2", "CV", _("A rule said no"), _("A rule stood in the way of what I asked for"),
     _("A rule blocked a fair request")),
    ("T3", "PV", _("Disagrees with our stance"), _("I do not agree with a position that was taken"),
     _("Values or a public position")),
    ("N1", "UV", _("Job done"), _("I had what I came for and no longer need it"),
     _("A planned end")),
    ("N2", "UV", _("Circumstances changed"), _("My life or work changed and I do not need it now"),
     _("New job, family, health or habits")),
    ("N3", "PV", _("Pausing"), _("I am taking a break and may come back"),
     _("Seasonal; intends to return")),
    ("U1", "UL", _("Died"), _("The customer has died"),
     _("Bereavement: every message stops at once")),
    ("U2", "UL", _("Moved away"), _("I moved away"),
     _("Out of the area that is served")),
    ("U3", "UL", _("Lost means"), _("I can no longer afford it"),
     _("Redundancy, insolvency, hardship")),
    ("U4", "UL", _("Business closed or bought"), _("My business closed or changed hands"),
     _("The account ended by a merger or a closure")),
    ("U5", "UL", _("Rule, disaster or closed site"), _("Something outside my control made it impossible"),
     _("Law, flood, a closed branch; partly controllable where the site was ours")),
    ("B", "CB", _("Payment failed"), _("My payment did not go through"),
     _("They never chose to leave")),
    ("F", "CF", _("We ended it"), _("The agreement was ended for me"),
     _("Non-payment, abuse, or we withdrew")),
    ("Z1", "--", _("No answer"), _("I was asked and gave no reason"),
     _("Asked, but did not answer")),
    ("Z2", "--", _("Not known"), _("I’m not sure, or I’d rather not say"),
     _("Does not know or would rather not say")),
    ("Z3", "--", _("Not asked"), _("I was not asked"),
     _("Nobody has asked yet")),
)
# fmt: on


def _reason(code: str, control_and_will: str, label: str, wording: str, definition: str) -> Reason:
    return Reason(
        code=code,
        level1=code[0],
        name=label,
        meaning=definition,
        control=Control(control_and_will[0]),
        will=Will(control_and_will[1]),
        wording=wording,
        phrases=PHRASES.get(code, ()),
        staff_only=code in STAFF_ONLY,
    )


REASONS: dict[str, Reason] = {row[0]: _reason(*row) for row in ROWS}
