"""Rights are granted and withdrawn on one screen, with a reason, and stay in the history."""

from __future__ import annotations

import re

from didaskaleio.people.models import Post


def test_the_body_grants_a_post_and_withdraws_it(visitor):
    who = visitor("officer")
    who.menu("Δικαιώματα")
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


def test_the_operator_makes_a_ministry_officer_who_finds_it_at_once(visitor):
    admin, author = visitor("admin"), visitor("author")
    work = ("Προγράμματα", "Πρόοδος", "Κλήρωση", "Περίοδοι", "Δικαιώματα")
    assert not set(work) & set(menu_of(author))

    admin.menu("Δικαιώματα")
    admin.page.get_by_role("main").locator("input[name=q]").fill("author")
    admin.press("Αναζήτηση")
    admin.follow("Σχεδιάδης Πέτρος")
    with admin.page.expect_navigation():
        admin.page.locator("#role").select_option("ministry_officer")
    admin.page.locator("main form[novalidate] [name=reason]").fill("Απόφαση τοποθέτησης 7/2023")
    admin.axe()
    with admin.page.expect_navigation():
        admin.press("Απόδοση δικαιώματος")
    admin.reads("Στέλεχος Υπουργείου", "Απόφαση τοποθέτησης 7/2023")
    admin.axe()

    author.goto("/home/")
    assert set(work) <= set(menu_of(author))
    author.reads("Στέλεχος Υπουργείου και 1 ακόμη", "Προγράμματα ανά περιφερειακή ενότητα")
    author.page.get_by_role("link", name=re.compile("νέ(α|ες) ειδοπο")).click()
    author.reads("Στέλεχος Υπουργείου", "Απόφαση τοποθέτησης 7/2023")
    author.axe()
    author.menu("Πρόοδος")
    author.axe()

    kept = admin.page.locator("li", has_text="Στέλεχος Υπουργείου").filter(
        has=admin.page.locator("summary")
    )
    kept.locator("summary").click()
    kept.locator("textarea").fill("Λήξη τοποθέτησης")
    with admin.page.expect_navigation():
        kept.get_by_role("button", name="Αφαίρεση δικαιώματος").click()
    admin.reads("Ρόλοι που έληξαν", "Λήξη τοποθέτησης")
    admin.axe()

    author.goto("/home/")
    assert not set(work) & set(menu_of(author))
    assert author.page.request.get(f"{author.address}/progress/").status == 403
    author.goto("/notices/")
    author.reads("Λήξη τοποθέτησης")


def menu_of(who):
    """The words of the main menu, those behind «Περισσότερα» too."""
    return who.page.locator("nav[aria-label='Κύριο μενού'] a").all_text_contents()
