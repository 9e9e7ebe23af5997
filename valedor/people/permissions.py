"""What each role permits. Roles are rows that administrators grant; permissions are code."""

import enum

from .models import Role

OFFICE_ROLES = frozenset({Role.OMBUDSMAN, Role.OMBUDSMAN_CLERK})
COMPANY_ROLES = frozenset({Role.AGENT, Role.HANDLER, Role.LEAD, Role.APPROVER, Role.AREA})


class Permission(enum.StrEnum):
    """An act that a role may permit."""

    SEE_CASES = "see_cases"
    REGISTER = "register"
    ANSWER_ENQUIRIES = "answer_enquiries"
    HANDLE = "handle"
    ASSIGN = "assign"
    APPROVE = "approve"
    CORRECT = "correct"
    ERASE = "erase"
    ANSWER_AS_AREA = "answer_as_area"
    SEE_PROTECTED = "see_protected"
    REVIEW = "review"
    EDIT_KNOWLEDGE = "edit_knowledge"
    AUDIT = "audit"
    CONFIGURE = "configure"
    CONFIRM_OFFICE = "confirm_office"
    WORK_IN_OFFICE = "work_in_office"
    GIVE_OPINION = "give_opinion"


_AGENT = {Permission.SEE_CASES, Permission.REGISTER, Permission.ANSWER_ENQUIRIES}
_HANDLER = _AGENT | {Permission.HANDLE, Permission.CORRECT}
_LEAD = _HANDLER | {
    Permission.ASSIGN,
    Permission.ERASE,
    Permission.SEE_PROTECTED,
    Permission.REVIEW,
    Permission.EDIT_KNOWLEDGE,
}

PERMITS: dict[str, frozenset[Permission]] = {
    Role.AGENT: frozenset(_AGENT),
    Role.HANDLER: frozenset(_HANDLER),
    Role.LEAD: frozenset(_LEAD),
    Role.APPROVER: frozenset({Permission.SEE_CASES, Permission.APPROVE, Permission.SEE_PROTECTED}),
    Role.AREA: frozenset({Permission.ANSWER_AS_AREA}),
    Role.OMBUDSMAN: frozenset(
        {Permission.CONFIRM_OFFICE, Permission.WORK_IN_OFFICE, Permission.GIVE_OPINION}
    ),
    Role.OMBUDSMAN_CLERK: frozenset({Permission.WORK_IN_OFFICE}),
    Role.AUDITOR: frozenset({Permission.SEE_CASES, Permission.AUDIT, Permission.SEE_PROTECTED}),
    Role.ADMINISTRATOR: frozenset(
        {Permission.CONFIGURE, Permission.CONFIRM_OFFICE, Permission.EDIT_KNOWLEDGE}
    ),
}

# What a role does not permit to people of another house, whatever it permits here: they work off
# the open cases of their teams, and settle nothing about records, settings or what is over.
NOT_FOR_ANOTHER_HOUSE = frozenset(
    {
        Permission.CORRECT,
        Permission.ERASE,
        Permission.REVIEW,
        Permission.SEE_PROTECTED,
        Permission.AUDIT,
        Permission.CONFIGURE,
        Permission.CONFIRM_OFFICE,
    }
)

SECOND_FACTOR_ROLES = frozenset(
    {
        Role.LEAD,
        Role.APPROVER,
        Role.OMBUDSMAN,
        Role.OMBUDSMAN_CLERK,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
)
