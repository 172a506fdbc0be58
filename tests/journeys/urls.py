"""The platform's addresses with those of the demonstration, which are mounted by a setting."""

from __future__ import annotations

from django.urls import include, path

from didaskaleio.site import urls

DEMONSTRATION = [path("demo/", include("didaskaleio.site.web.urls"))]
urlpatterns = [
    *(p for p in urls.urlpatterns if str(p.pattern) != "demo/"),
    *DEMONSTRATION,
]
