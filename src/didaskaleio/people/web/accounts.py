"""The doors of an account: sign in and out, change and reset the password."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import forms as auth_forms
from django.contrib.auth import views
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy

from didaskaleio.kernel.web import unsent
from didaskaleio.kernel.web.guard import guarded, public
from didaskaleio.people.web.forms import (
    LoginForm,
    NewPasswordForm,
    PasswordChangeForm,
    PasswordResetForm,
)

DEMO_ACCOUNTS = "didaskaleio.site.demo_accounts"


class Login(views.LoginView):
    template_name = "people/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(accounts=demo_accounts(), **kwargs)

    def form_valid(self, form: auth_forms.AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        unsent.remember(response, form.get_user().pk)
        return response


class Logout(views.LogoutView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        unsent.forget(response)
        return response


def demo_accounts() -> list[tuple[str, str]]:
    """The accounts of the demonstration; the room above is asked by name, only there."""
    if not (settings.DEMO and find_spec(DEMO_ACCOUNTS)):
        return []
    return list(import_module(DEMO_ACCOUNTS).ACCOUNTS)


class PasswordChange(views.PasswordChangeView):
    template_name = "people/password_change.html"
    form_class = PasswordChangeForm
    success_url = reverse_lazy("people:profile")

    def form_valid(self, form: auth_forms.PasswordChangeForm) -> HttpResponse:
        messages.success(self.request, "Ο κωδικός πρόσβασης άλλαξε.")
        return super().form_valid(form)


class PasswordReset(views.PasswordResetView):
    template_name = "people/password_reset.html"
    form_class = PasswordResetForm
    email_template_name = "people/password_reset_mail.txt"
    subject_template_name = "people/password_reset_subject.txt"
    success_url = reverse_lazy("people:password-reset-done")


class PasswordResetConfirm(views.PasswordResetConfirmView):
    template_name = "people/password_reset_confirm.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("people:password-reset-complete")


class Welcome(views.PasswordResetConfirmView):
    """The first password, by the link of an invitation; then the person is signed in."""

    template_name = "people/welcome.html"
    form_class = NewPasswordForm
    post_reset_login = True
    success_url = reverse_lazy(settings.LOGIN_REDIRECT_URL)

    def form_valid(self, form: auth_forms.SetPasswordForm[Any]) -> HttpResponse:
        messages.success(self.request, "Ο κωδικός ορίστηκε. Καλώς ήρθατε στο Διδασκαλείο.")
        return super().form_valid(form)


def _door(view: Any, **settings_of: Any) -> Callable[..., HttpResponse]:
    """A view of Django's as the guards know them: it always answers with a whole page."""
    return cast("Callable[..., HttpResponse]", view.as_view(**settings_of))


def _page(name: str) -> dict[str, str]:
    return {"template_name": f"people/{name}.html"}


login = public(_door(Login))
logout = public(_door(Logout))
password_change = guarded("profile.view", about_object=False)(_door(PasswordChange))
password_reset = public(_door(PasswordReset))
password_reset_done = public(_door(views.PasswordResetDoneView, **_page("password_reset_done")))
password_reset_confirm = public(_door(PasswordResetConfirm))
welcome = public(_door(Welcome))
password_reset_complete = public(
    _door(views.PasswordResetCompleteView, **_page("password_reset_complete"))
)
