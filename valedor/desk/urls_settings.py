"""The addresses of the settings, below /desk/settings/."""

from django.urls import path

from valedor.desk.views.settings import (
    areas,
    calendar,
    categories,
    entities,
    index,
    letters,
    log,
    mailboxes,
    office,
    people,
    redress,
    teams,
)

app_name = "settings"
urlpatterns = [
    path("", index.index, name="overview"),
    path("entities/", entities.entities, name="entities"),
    path("entities/new", entities.entity_new, name="entity_new"),
    path("entities/<slug:key>/", entities.entity, name="entity"),
    path("entities/<slug:key>/rules/", entities.regimes, name="regimes"),
    path("entities/<slug:key>/targets/", calendar.targets, name="targets"),
    path(
        "entities/<slug:key>/targets/<int:pk>/end",
        calendar.target_end,
        name="target_end",
    ),
    path("entities/<slug:key>/closures/", calendar.closures, name="closures"),
    path(
        "entities/<slug:key>/closures/<int:pk>/withdrawal",
        calendar.closure_withdraw,
        name="closure_withdraw",
    ),
    path("entities/<slug:key>/areas/", areas.areas, name="areas"),
    path("entities/<slug:key>/areas/new", areas.area_new, name="area_new"),
    path("entities/<slug:key>/areas/<slug:area_key>/", areas.area, name="area"),
    path(
        "entities/<slug:key>/categories/",
        categories.categories,
        name="categories",
    ),
    path(
        "entities/<slug:key>/categories/new",
        categories.category_new,
        name="category_new",
    ),
    path(
        "entities/<slug:key>/categories/<int:pk>/",
        categories.category,
        name="category",
    ),
    path("entities/<slug:key>/letters/", letters.letters, name="letters"),
    path(
        "entities/<slug:key>/letters/<slug:letter_key>/",
        letters.letter,
        name="letter",
    ),
    path("entities/<slug:key>/mailboxes/", mailboxes.mailboxes, name="mailboxes"),
    path("entities/<slug:key>/mailboxes/new", mailboxes.mailbox_new, name="mailbox_new"),
    path(
        "entities/<slug:key>/mailboxes/<slug:mailbox_key>/",
        mailboxes.mailbox,
        name="mailbox",
    ),
    path("entities/<slug:key>/notice/", letters.notice, name="notice"),
    path("entities/<slug:key>/redress/", redress.redress, name="redress"),
    path("entities/<slug:key>/redress/new", redress.option_new, name="option_new"),
    path(
        "entities/<slug:key>/redress/<slug:option_key>/",
        redress.option,
        name="option",
    ),
    path("entities/<slug:key>/authority/", redress.authority, name="authority"),
    path("teams/", teams.teams, name="teams"),
    path("teams/new", teams.team_new, name="team_new"),
    path("teams/<slug:key>/", teams.team, name="team"),
    path("people/", people.people, name="people"),
    path("people/new", people.person_new, name="person_new"),
    path("people/<str:username>/", people.person, name="person"),
    path("people/<str:username>/roles/", people.roles, name="roles"),
    path(
        "people/<str:username>/roles/<int:pk>/end",
        people.role_end,
        name="role_end",
    ),
    path("people/<str:username>/sign-in", people.sign_in, name="sign_in"),
    path("people/<str:username>/activity", people.activity, name="activity"),
    path("office/", office.office, name="office"),
    path("office/<int:pk>/answer", office.answer, name="office_answer"),
    path("log/", log.log, name="log"),
]
