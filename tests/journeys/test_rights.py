"""Rights are granted and withdrawn on one screen, with a reason, and stay in the history."""

from __future__ import annotations

from didaskaleio.people.models import Post


def test_the_body_grants_a_post_and_withdraws_it(visitor):
    who = visitor("officer")
    who.follow("Δικαιώματα")
    who.axe()
    who.page.get_by_role("main").locator("input[name=q]").fill("author")
    who.press("Αναζήτηση")
    who.follow("Σχεδιάδης Πέτρος")
    who.axe()
    with who.page.expect_navigation():
        who.page.locator("#role").select_option("planner")
    who.axe()
    grant = who.page.locator("main form[novalidate]")
    grant.locator("[name=reason]").fill("Απόφαση ορισμού 12/2023")
    with who.page.expect_navigation():
        grant.get_by_role("button", name="Απόδοση δικαιώματος").click()
    post = Post.objects.get(person__username="author", role="planner")
    who.reads("Σχεδιασμός προγραμμάτων", "Απόφαση ορισμού 12/2023")
    who.axe()

    kept = who.page.locator("li", has_text="Σχεδιασμός προγραμμάτων").filter(
        has=who.page.locator("summary")
    )
    kept.locator("summary").click()
    kept.locator("textarea").fill("Λήξη ορισμού")
    who.axe()
    with who.page.expect_navigation():
        kept.get_by_role("button", name="Αφαίρεση δικαιώματος").click()
    who.reads("Ρόλοι που έληξαν", "Λήξη ορισμού")
    post.refresh_from_db()
    assert post.valid_until is not None
