"""Addresses of room finance."""

from __future__ import annotations

from django.urls import path

from didaskaleio.finance.web import (
    checklists,
    contract_templates,
    contracts,
    drawing_up,
    pay_urls,
    payees,
    work_reports,
)

app_name = "finance"
urlpatterns = [
    path("finance/payees/", payees.payees, name="payees"),
    path("finance/payees/<int:pk>/", payees.payee, name="payee"),
    path("my/payment-details/", payees.mine, name="mine"),
    path("my/payment-details/<int:pk>/", payees.mine_payee, name="mine-payee"),
    path("my/payment-details/<int:pk>/write/", payees.mine_write, name="mine-write"),
    path("my/payment-details/<int:pk>/paper/", checklists.give, name="give"),
    path("my/contracts/", contracts.my_contracts, name="my-contracts"),
    path("finance/contracts/", contracts.contracts, name="contracts"),
    path("finance/contracts/issue/", contracts.issue_all, name="issue"),
    path("finance/contracts/<int:pk>/", contracts.contract, name="contract"),
    path("finance/contracts/<int:pk>/specimen.pdf", contracts.specimen, name="specimen"),
    path("finance/contracts/<int:pk>/terms/", contracts.terms, name="terms"),
    path("finance/contracts/<int:pk>/amend/", contracts.amend, name="amend"),
    path("finance/periods/", drawing_up.periods, name="periods"),
    path("finance/periods/<int:pk>/", drawing_up.period, name="period"),
    path("finance/programmes/<int:pk>/", drawing_up.programme, name="programme"),
    path("finance/actions/<int:pk>/contract/", drawing_up.new, name="new"),
    path("finance/templates/", contract_templates.templates, name="templates"),
    path("finance/templates/<int:pk>/", contract_templates.template, name="template"),
    path(
        "finance/templates/<int:pk>/write/",
        contract_templates.template_write,
        name="template-write",
    ),
    path(
        "finance/templates/<int:pk>/example.pdf",
        contract_templates.template_example,
        name="template-example",
    ),
    path("my/work-reports/", work_reports.mine, name="work-reports-mine"),
    path("my/work-reports/<int:pk>/write/", work_reports.write, name="work-report-write"),
    path("finance/work-reports/", work_reports.desk, name="work-reports"),
    path("finance/work-reports/<int:pk>/", work_reports.work_report, name="work-report"),
    *pay_urls.urlpatterns,
]
