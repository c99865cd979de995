"""Forms about people and accounts."""

from survey.customers.forms.people import DeathForm, PersonForm
from survey.customers.forms.records import AccountForm, ConsentForm, EditForm, ReturnForm, edit_form

__all__ = ["AccountForm", "ConsentForm", "DeathForm", "EditForm", "PersonForm", "ReturnForm", "edit_form"]
