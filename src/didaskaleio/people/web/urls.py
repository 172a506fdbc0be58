"""Addresses of room people."""

from __future__ import annotations

from django.urls import path

from didaskaleio.people.web import accounts, opening, profile, rights

app_name = "people"
urlpatterns = [
    path("login/", accounts.login, name="login"),
    path("logout/", accounts.logout, name="logout"),
    path("profile/", profile.profile, name="profile"),
    path("profile/identifier/", profile.set_identifier, name="identifier"),
    path("profile/password/", accounts.password_change, name="password-change"),
    path("password/", accounts.password_reset, name="password-reset"),
    path("password/sent/", accounts.password_reset_done, name="password-reset-done"),
    path(
        "password/<uidb64>/<token>/",
        accounts.password_reset_confirm,
        name="password-reset-confirm",
    ),
    path("password/done/", accounts.password_reset_complete, name="password-reset-complete"),
    path("welcome/<uidb64>/<token>/", accounts.welcome, name="welcome"),
    path("accounts/new/", opening.new_account, name="account-new"),
    path("accounts/<int:pk>/", opening.details, name="account-details"),
    path("accounts/<int:pk>/invite/", opening.invite, name="account-invite"),
    path("accounts/<int:pk>/close/", opening.close, name="account-close"),
    path("accounts/<int:pk>/reopen/", opening.reopen, name="account-reopen"),
    path("rights/", rights.rights, name="rights"),
    path("rights/<int:pk>/", rights.rights_person, name="rights-person"),
    path("rights/posts/<int:pk>/withdraw/", rights.withdraw, name="rights-withdraw"),
]
