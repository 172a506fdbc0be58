"""The rules themselves (κανόνες): each gives one finding with the values that decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from didaskaleio.courses import profiles
from didaskaleio.enrolment.eligibility.facts import (
    ARTICLES,
    Addressed,
    Code,
    Finding,
    Named,
    PeriodFacts,
    PersonFacts,
    ProgrammeFacts,
)
from didaskaleio.kernel import greek


def _finding(
    code: Code,
    fulfilled: bool,  # noqa: FBT001 - read beside the code, as in Finding
    sentence: str,
    remedy: str = "",
) -> Finding:
    return Finding(
        code,
        fulfilled,
        sentence,
        "" if fulfilled else remedy,
    )


def cited(findings: Sequence[Finding], articles: Mapping[str, int]) -> list[Finding]:
    """The findings with the article of the regulation that each stands on."""
    return [
        replace(f, article=f"Κανονιστικό Πλαίσιο, άρθρο {articles.get(f.code, ARTICLES[f.code])}")
        for f in findings
    ]


def general(person: PersonFacts, period: PeriodFacts) -> list[Finding]:
    """Προϋποθέσεις συμμετοχής: everything that does not depend on a programme."""
    spared = person.specialty.removesuffix(".50") in period.spared_teaching
    found = [_teaches(person, period)] if period.teaching and not spared else []
    if period.addressed is not None:
        found.insert(0, _addressed(person, period, period.addressed))
    found += [
        _has_b1(person, period),
        _no_older_b(person, period),
        _not_completed(person, period),
        _does_not_train(person),
        _has_cluster(person),
    ]
    if period.employments:
        found.append(_employment(person, period))
    found = cited(found, period.articles)
    return found + further(person, period) if period.further else found


def further(person: PersonFacts, period: PeriodFacts) -> list[Finding]:
    """Οι άλλοι κανόνες του προφίλ: each as its course has it, with its own article."""
    known = as_profile(person)
    return [_of_profile(rule, known) for rule in period.further]


def as_profile(person: PersonFacts) -> profiles.Facts:
    """The same person as the rules of a profile see one."""
    kept = {label: code for code, label in profiles.EMPLOYMENTS.items()}
    return profiles.Facts(
        certificates=frozenset(held.kind for held in person.certificates),
        clusters=frozenset(cluster.code for cluster in person.clusters),
        specialty=person.specialty,
        employment=kept.get(person.employment, ""),
        service_years=person.service_years,
        appointed_on=person.appointed_on,
    )


def _of_profile(rule: profiles.Rule, known: profiles.Facts) -> Finding:
    found = rule.check(known)
    sentence = f"{found.sentence.rstrip('.')}."
    article = f"Κανονιστικό Πλαίσιο, άρθρο {rule.article or ARTICLES[Code.PROFILE]}"
    return Finding(Code.PROFILE, found.fulfilled, sentence, article=article, heading=rule.title)


def for_programme(
    person: PersonFacts, programme: ProgrammeFacts, articles: Mapping[str, int] | None = None
) -> list[Finding]:
    """Προϋποθέσεις προγράμματος: cluster, locality, local rules, own timetable."""
    found = [_matches_cluster(person, programme)]
    if programme.local:
        found.append(_near(person, programme))
    found.extend(_local_rule(fulfilled, words) for fulfilled, words in programme.locality)
    if programme.clashes:
        found.append(_clash(programme))
    return cited(found, articles or {})


def forbidding(findings: Sequence[Finding]) -> list[Finding]:
    """Ό,τι εμποδίζει: the findings that are not fulfilled and are more than a warning."""
    return [finding for finding in findings if finding.forbids]


def first_teaching_day(person: PersonFacts, period: PeriodFacts) -> date | None:
    """The first day of the period on which the person serves and is not on leave, or None."""
    day = period.first_day
    while day <= period.last_day:
        serving = [s for s in person.services if s.hours > 0 and s.overlaps(day, period.last_day)]
        if not serving:
            return None
        day = max(day, min(s.valid_from for s in serving))
        away = next(
            (a for a in person.leaves if a.first <= day and (a.last is None or a.last >= day)), None
        )
        if away is None and any(s.overlaps(day, day) for s in serving):
            return day
        if away is not None and away.last is None:
            return None
        day = (away.last if away and away.last else day) + timedelta(days=1)
    return None


def _teaches(person: PersonFacts, period: PeriodFacts) -> Finding:
    span = f"{greek.short_date(period.first_day)}–{greek.short_date(period.last_day)}"
    day = first_teaching_day(person, period)
    if day is None:
        return _finding(
            Code.NOT_TEACHING,
            False,
            f"Δεν προκύπτει διδασκαλία από {span}: {_absence(person, period)}.{person.cited}",
            "Αν διδάσκετε, ζητήστε από τη διεύθυνση του σχολείου να διορθώσει το MySchool.",
        )
    schools = [s for s in person.services if s.hours > 0 and s.overlaps(day, period.last_day)]
    where = " και ".join(f"{s.school} ({greek.count(s.hours, 'ώρα', 'ώρες')})" for s in schools[:3])
    late = "" if day == period.first_day else f", από {greek.short_date(day)}"
    return _finding(Code.NOT_TEACHING, True, f"Διδάσκετε{late}: {where}.{person.cited}")


def _addressed(person: PersonFacts, period: PeriodFacts, wanted: Addressed) -> Finding:
    serving = [
        s for s in person.services if s.hours > 0 and s.overlaps(period.first_day, period.last_day)
    ]
    there = next((s for s in serving if wanted.reaches(s)), None)
    if there is not None:
        words = f"Η δράση απευθύνεται στο σχολείο σας: {there.school}."
        return _finding(Code.NOT_ADDRESSED, True, words)
    where = ", ".join(s.school for s in serving[:3]) or "κανένα σχολείο στην περίοδο"
    return _finding(
        Code.NOT_ADDRESSED,
        False,
        f"Η δράση δεν απευθύνεται στο σχολείο σας ({wanted.words}). Υπηρετείτε: {where}.",
        "Δείτε τις άλλες περιόδους του καταλόγου· αν υπηρετείτε αλλού, ζητήστε διόρθωση στο "
        "MySchool.",
    )


def _absence(person: PersonFacts, period: PeriodFacts) -> str:
    serving = [
        s for s in person.services if s.hours > 0 and s.overlaps(period.first_day, period.last_day)
    ]
    if not serving:
        return "το MySchool δεν δείχνει σχολείο με ώρες διδασκαλίας"
    ends = [
        leave.last
        for leave in person.leaves
        if leave.last is None or leave.last >= period.first_day
    ]
    known = [end for end in ends if end is not None]
    if None in ends or not known:
        return "άδεια χωρίς ημερομηνία λήξης"
    return f"άδεια έως {greek.short_date(max(known))}"


def _has_b1(person: PersonFacts, period: PeriodFacts) -> Finding:
    held = person.held(*period.required)
    if held:
        words = f"{held.label}, αρ. {held.number}, {greek.short_date(held.issued_on)}."
        return replace(_finding(Code.NO_B1, True, words), heading=_needed(period))
    if not period.required or person.specialty.removesuffix(".50") in period.exempt:
        return _finding(Code.NO_B1, True, f"Δεν απαιτείται για {person.specialty}.")
    if heading := _needed(period):
        words = f"Δεν υπάρχει στο όνομά σας: {heading}."
        remedy = "Αν το διαθέτετε, ζητήστε την καταχώρισή του στα στοιχεία σας."
        return replace(_finding(Code.NO_B1, False, words, remedy), heading=heading)
    only = person.held("B1_training")
    extra = " Έχετε επιμόρφωση Β1, αλλά όχι την πιστοποίησή της." if only else ""
    return _finding(
        Code.NO_B1,
        False,
        f"Δεν υπάρχει πιστοποίηση Β1 στο όνομά σας.{extra}",
        "Συμμετέχετε στην επόμενη πιστοποίηση Β1 και υποβάλετε αίτηση σε επόμενη περίοδο.",
    )


def _needed(period: PeriodFacts) -> str:
    """What is required, when it is another certificate than that of Β1."""
    if period.required in ((), ("B1",)):
        return ""
    return " ή ".join(profiles.CERTIFICATES.get(kind, kind) for kind in period.required)


def _no_older_b(person: PersonFacts, period: PeriodFacts) -> Finding:
    held = person.held(*period.excluding)
    if held is None:
        words = "Δεν υπάρχει επιμόρφωση 96 ωρών σε Κ.Σ.Ε. ούτε πρόγραμμα ΠΑ.Κ.Ε."
        return _finding(Code.ALREADY_B, True, words)
    return _finding(
        Code.ALREADY_B,
        False,
        f"{held.label}, αρ. {held.number}, {greek.short_date(held.issued_on)}: καλύπτει το Β2.",
        "Αν η εγγραφή δεν είναι σωστή, ζητήστε διόρθωση από τον φορέα που την εξέδωσε.",
    )


def _not_completed(person: PersonFacts, period: PeriodFacts) -> Finding:
    held = person.held("B2_training")
    done = person.completed or (
        f"βεβαίωση αρ. {held.number}, {greek.short_date(held.issued_on)}" if held else ""
    )
    if not done:
        return _finding(Code.COMPLETED_B2, True, "Δεν έχετε ολοκληρώσει επιμόρφωση Β2.")
    if not period.completed_once_refused:
        words = f"Έχετε ολοκληρώσει επιμόρφωση Β2 ({done})· η δράση επιτρέπει επανάληψη."
        return _finding(Code.COMPLETED_B2, True, words)
    return _finding(
        Code.COMPLETED_B2,
        False,
        f"Έχετε ήδη ολοκληρώσει επιμόρφωση Β2: {done}.",
        "Η επιμόρφωση Β2 παρακολουθείται μία φορά.",
    )


def _does_not_train(person: PersonFacts) -> Finding:
    if not person.trains:
        return _finding(Code.TRAINS_HERE, True, "Δεν έχετε ανάθεση επιμόρφωσης σε αυτή τη δράση.")
    return _finding(
        Code.TRAINS_HERE,
        False,
        f"Είστε επιμορφωτής/τρια στην ίδια δράση: {', '.join(person.trains)}.",
        "Κανείς δεν είναι επιμορφωτής και επιμορφούμενος στην ίδια δράση.",
    )


def _employment(person: PersonFacts, period: PeriodFacts) -> Finding:
    good = person.employment in period.employments
    words = f"Σχέση εργασίας: {person.employment or 'δεν έχει καταχωριστεί'}.{person.cited}"
    remedy = f"Η δράση αφορά: {', '.join(period.employments)}."
    return _finding(Code.EMPLOYMENT, good, words, remedy)


def _has_cluster(person: PersonFacts) -> Finding:
    if not person.clusters:
        return _finding(
            Code.NO_CLUSTER,
            False,
            f"Η ειδικότητα {person.specialty} δεν ανήκει σε καμία συστάδα.{person.cited}",
            "Ελέγξτε την ειδικότητά σας στο MySchool ή ρωτήστε τον φορέα υλοποίησης.",
        )
    names = " ή ".join(_shown(cluster) for cluster in person.clusters)
    choice = f" Επιλέξατε {_shown(person.chosen)}." if person.chosen and person.cluster else ""
    return _finding(Code.NO_CLUSTER, True, f"{person.specialty}: {names}.{choice}{person.cited}")


def _matches_cluster(person: PersonFacts, programme: ProgrammeFacts) -> Finding:
    mine = person.chosen
    if mine and mine.code == programme.cluster.code:
        return _finding(Code.OTHER_CLUSTER, True, f"Συστάδα {_shown(mine)}.")
    other = any(cluster.code == programme.cluster.code for cluster in person.clusters)
    return _finding(
        Code.OTHER_CLUSTER,
        False,
        f"Το πρόγραμμα είναι για {_shown(programme.cluster)}· "
        f"η δική σας συστάδα είναι {_shown(mine) if mine else 'καμία'}.",
        "Μπορείτε να αλλάξετε τη συστάδα σας στο βήμα «Τα στοιχεία μου»."
        if other
        else "Διαλέξτε πρόγραμμα της συστάδας σας.",
    )


def _near(person: PersonFacts, programme: ProgrammeFacts) -> Finding:
    serving = [s for s in person.services if s.hours > 0]
    here = [s for s in serving if s.prefecture and s.prefecture.code == programme.prefecture.code]
    if here:
        words = f"{here[0].school}: {programme.prefecture.name}."
        return _finding(Code.OTHER_PREFECTURE, True, words)
    if serving and all(s.prefecture is None for s in serving):
        return _finding(
            Code.ABROAD,
            False,
            f"Υπηρετείτε στο εξωτερικό ({serving[0].school}): "
            f"τα {shown_category(programme.category)} γίνονται με συναντήσεις διά ζώσης.",
            "Διαλέξτε πρόγραμμα ΙΙb: γίνεται ολόκληρο από απόσταση.",
        )
    mine = sorted({s.prefecture.name for s in serving if s.prefecture})
    return _finding(
        Code.OTHER_PREFECTURE,
        False,
        f"Το κέντρο είναι στον νομό: {programme.prefecture.name}· "
        f"το σχολείο σας: {', '.join(mine) or 'κανένα'}.",
        "Διαλέξτε ΙΙa του νομού σας ή οποιοδήποτε ΙΙb της συστάδας σας.",
    )


def _local_rule(fulfilled: bool, words: str) -> Finding:  # noqa: FBT001
    return _finding(
        Code.LOCALITY_RULE, fulfilled, words, "Διαλέξτε πρόγραμμα χωρίς αυτόν τον τοπικό όρο."
    )


def _clash(programme: ProgrammeFacts) -> Finding:
    many = greek.count(len(programme.clashes), "συνάντηση συμπίπτει", "συναντήσεις συμπίπτουν")
    return Finding(
        Code.TIMETABLE,
        fulfilled=False,
        sentence=f"{many} με το ωράριο του εσπερινού σας: {programme.clashes[0]}",
        remedy="Συνεννοηθείτε με τη διεύθυνση του σχολείου πριν το επιλέξετε.",
        warning=True,
    )


def _shown(cluster: Named | None) -> str:
    return f"{greek.show_cluster(cluster.code)} {cluster.name}" if cluster else ""


def shown_category(code: str) -> str:
    """Κατηγορία στην οθόνη: stored IIa and IIb are shown with Greek letters."""
    return {"IIa": "ΙΙa", "IIb": "ΙΙb"}.get(code, code)
