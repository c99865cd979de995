"""What columns about people are called elsewhere. Names are compared without case, blanks and punctuation."""

from collections.abc import Iterable, Mapping

from survey.foundation.language import lazy_gettext
from survey.foundation.text import fold

SEGMENT = "segment."

# A field is taken from the first column of the file that bears one of its names.
CALLED: Mapping[str, tuple[str, ...]] = {
    "external_id": ("external_id", "id", "customer id", "customer number", "customer no", "customer", "customer ref",
                    "customer reference", "client id", "client number", "member id", "member number", "membership number",
                    "account id", "account number", "user id", "contact id", "subscriber id", "reference"),
    "name": ("name", "full name", "customer name", "client name", "member name", "contact name"),
    "email": ("email", "e-mail", "mail", "email address", "e-mail address", "customer email", "contact email"),
    "phone": ("phone", "telephone", "phone number", "telephone number", "mobile", "mobile number", "tel"),
    "language": ("language", "lang", "locale", "preferred language"),
    "status": ("status", "customer status", "account status", "member status", "membership status", "subscription status",
               "state of account", "churn status"),
    "started_on": ("started_on", "start date", "started", "started at", "join date", "joined", "joined on", "signup date",
                   "sign-up date", "customer since", "member since", "subscribed on", "first order", "registered"),
    "ended_on": ("ended_on", "end date", "ended", "ended at", "churn date", "churned at", "churned on", "left on", "leave date",
                 "date left", "cancel date", "cancelled at", "canceled at", "cancelled on", "canceled on", "cancellation date"),
    "tenure_months": ("tenure_months", "tenure", "tenure in months", "months", "months as customer", "months with us"),
    "plan": ("plan", "plan name", "contract", "contract type", "subscription", "subscription plan", "membership", "membership type",
             "product", "package"),
    "value": ("value", "customer value", "monthly charge", "monthly charges", "monthly value", "monthly revenue", "monthly fee",
              "mrr", "arr", "yearly value", "annual value", "annual revenue", "price", "lifetime value", "ltv", "total revenue",
              "revenue"),
    "currency": ("currency", "currency code"),
    "tier": ("tier", "customer tier", "level", "customer level", "class"),
    "reason": ("reason", "reason for leaving", "leaving reason", "churn reason", "cancel reason", "cancellation reason",
               "reason for cancellation", "reason for cancelling", "exit reason", "why left"),
}  # fmt: skip
# What each field is, in words.
FIELDS: Mapping[str, str] = {
    "external_id": lazy_gettext("Customer number"), "name": lazy_gettext("Name"), "email": lazy_gettext("E-mail"),
    "phone": lazy_gettext("Telephone"), "language": lazy_gettext("Language"), "status": lazy_gettext("Status: customer, or has left"),
    "started_on": lazy_gettext("Customer since"), "ended_on": lazy_gettext("Last day as a customer"),
    "tenure_months": lazy_gettext("Months as a customer"), "plan": lazy_gettext("What they have (a plan, a contract)"),
    "value": lazy_gettext("Value: what they pay you"), "currency": lazy_gettext("Currency of the value"),
    "tier": lazy_gettext("Level (such as major or small)"), "reason": lazy_gettext("Reason for leaving"),
}  # fmt: skip
KNOWN: Mapping[str, str] = {fold(name): field for field, names in CALLED.items() for name in names}


def known_in(columns: Iterable[str]) -> dict[str, str]:
    """Return the names known for these columns, with those that name a segment themselves (“segment.city”)."""
    segments = {
        fold(column): column.strip().lower() for column in columns if column.strip().lower().startswith(SEGMENT)
    }
    return {**KNOWN, **segments}
