"""The doors of an account: sign in and out, change and reset the password."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import forms as auth_forms
from django.contrib.auth import views
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse_lazy

from didaskaleio.kernel import limits
from didaskaleio.kernel.web import unsent
from didaskaleio.kernel.web.guard import guarded, public
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.limits import address_of, by_address, by_person, every_time, limited
from didaskaleio.people.web import limits as own_limits
from didaskaleio.people.web import sessions
from didaskaleio.people.web.forms import (
    LoginForm,
    NewPasswordForm,
    PasswordChangeForm,
    PasswordResetForm,
)

log = logging.getLogger("didaskaleio.security")
DEMO_ACCOUNTS = "didaskaleio.site.demo_accounts"


class Login(views.LoginView):
    template_name = "people/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = cast("Request", request)
        self.tries = own_limits.tries_of(asked, request.POST.get("username", ""))
        for limit, who in self.tries:
            limits.take(limit, who, asked.at)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: auth_forms.AuthenticationForm) -> HttpResponseRedirect:
        for limit, who in self.tries:
            limits.give_back(limit, who)
        answer = cast("HttpResponseRedirect", super().form_valid(form))
        log.info("sign-in of %s from %s", form.get_user().pk, address_of(self.request))
        sessions.begin(cast("Request", self.request))
        unsent.remember(answer, form.get_user().pk)
        return answer

    def form_invalid(self, form: auth_forms.AuthenticationForm) -> HttpResponse:
        # the name is not written: people type passwords there
        log.warning("sign-in failed from %s", address_of(self.request))
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(accounts=demo_accounts(), **kwargs)


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

    def form_valid(self, form: Any) -> HttpResponse:
        asked = cast("Request", self.request)
        account = own_limits.account_of(form.cleaned_data["email"])
        limits.take(own_limits.RESET, account, asked.at)
        return super().form_valid(form)


class PasswordResetConfirm(views.PasswordResetConfirmView):
    template_name = "people/password_reset_confirm.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("people:password-reset-complete")

    def form_valid(self, form: auth_forms.SetPasswordForm[Any]) -> HttpResponse:
        limits.forget(own_limits.ACCOUNT, own_limits.account_of(form.user.get_username()))
        return super().form_valid(form)


class Welcome(views.PasswordResetConfirmView):
    """The first password, by the link of an invitation; then the person is signed in."""

    template_name = "people/welcome.html"
    form_class = NewPasswordForm
    post_reset_login = True
    success_url = reverse_lazy(settings.LOGIN_REDIRECT_URL)

    def form_valid(self, form: auth_forms.SetPasswordForm[Any]) -> HttpResponse:
        messages.success(self.request, "Ο κωδικός ορίστηκε. Καλώς ήρθατε στο Διδασκαλείο.")
        answer = super().form_valid(form)
        sessions.begin(cast("Request", self.request))
        return answer


def _door(view: Any, **settings_of: Any) -> Callable[..., HttpResponse]:
    """A view of Django's as the guards know them: it always answers with a whole page."""
    return cast("Callable[..., HttpResponse]", view.as_view(**settings_of))


def _page(name: str) -> dict[str, str]:
    return {"template_name": f"people/{name}.html"}


of_link = limited(own_limits.LINK, by_address, when=every_time)
login = public(_door(Login))
logout = public(_door(Logout))
password_change = guarded("profile.view", about_object=False)(
    limited(own_limits.OLD_PASSWORD, by_person)(_door(PasswordChange))
)
password_reset = public(limited(own_limits.RESET_ADDRESS, by_address)(_door(PasswordReset)))
password_reset_done = public(_door(views.PasswordResetDoneView, **_page("password_reset_done")))
password_reset_confirm = public(of_link(_door(PasswordResetConfirm)))
welcome = public(of_link(_door(Welcome)))
password_reset_complete = public(
    _door(views.PasswordResetCompleteView, **_page("password_reset_complete"))
)
