"""Forms about people and accounts."""

from survey.customers.forms.people import PersonForm
from survey.customers.forms.records import AccountForm, ConsentForm, EditForm, ReturnForm, edit_form

__all__ = ["AccountForm", "ConsentForm", "EditForm", "PersonForm", "ReturnForm", "edit_form"]
