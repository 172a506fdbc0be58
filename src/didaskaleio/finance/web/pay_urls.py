"""Addresses of payments: terms, work, acceptance, orders, one's own."""

from __future__ import annotations

from django.urls import path

from didaskaleio.finance.web import acceptance, desk, importing, invoices, orders, paid, rates, work

urlpatterns = [
    path("payments/", desk.payments_desk, name="pay-desk"),
    path("payments/actions/<int:pk>/", desk.action, name="pay-action"),
    path("payments/actions/<int:pk>/terms/", rates.terms, name="pay-terms"),
    path("payments/actions/<int:pk>/terms/new/", rates.new_term, name="pay-term-new"),
    path("payments/actions/<int:pk>/calculation/", work.preview, name="pay-preview"),
    path("payments/actions/<int:pk>/calculation/write/", work.calculate, name="pay-calculate"),
    path("payments/actions/<int:pk>/work/", work.work, name="pay-work"),
    path("payments/actions/<int:pk>/work/new/", work.enter, name="pay-enter"),
    path("payments/actions/<int:pk>/work/sheet/", importing.sheet, name="pay-import"),
    path("payments/work/<int:pk>/", work.line, name="pay-line"),
    path("payments/work/<int:pk>/source/", work.source, name="pay-source"),
    path(
        "payments/actions/<int:pk>/committees/new/", acceptance.new_committee, name="committee-new"
    ),
    path("payments/committees/<int:pk>/", acceptance.committee, name="committee"),
    path("payments/committees/<int:pk>/minutes/", acceptance.draw_up, name="minutes-draw"),
    path("payments/minutes/", acceptance.mine, name="minutes-mine"),
    path("payments/minutes/<int:pk>/", acceptance.minutes, name="minutes"),
    path("payments/minutes/<int:pk>/sign/", acceptance.sign, name="minutes-sign"),
    path("payments/minutes/<int:pk>/lines/<int:item>/", acceptance.judge, name="minutes-judge"),
    path("payments/actions/<int:pk>/orders/new/", orders.new_order, name="order-new"),
    path("payments/actions/<int:pk>/accounts/new/", orders.new_account, name="account-new"),
    path("payments/orders/<int:pk>/", orders.order, name="order"),
    path("payments/orders/<int:pk>/paid/", orders.pay_all, name="order-paid"),
    path("payments/one/<int:pk>/", orders.payment, name="payment"),
    path("payments/one/<int:pk>/paid/", orders.paid, name="payment-paid"),
    path("payments/one/<int:pk>/returned/", orders.returned, name="payment-returned"),
    path("my/payments/", paid.mine, name="payments-mine"),
    path("my/payments/<int:pk>/invoices/<int:action>/", invoices.give, name="invoice-give"),
    path("my/payments/<int:pk>/<int:year>.pdf", paid.statement, name="statement"),
]
