"""The plain request of phase B (απλό αίτημα): most requests, decided in one round trip.

The function gives no row for whatever is not plain; then nothing was written, no row is locked
but the period's, and the operation decides. It locks in the order that ``places`` sets: person,
period, programme, application. Each inner statement sees what was committed before it began, so
the count after the lock is the true one.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION enrolment_plain_claim(
    period_code text, programme_code text, the_person bigint, the_name text,
    moment timestamptz, once boolean, wording jsonb
) RETURNS TABLE (
    application bigint, programme bigint, programme_name text, outcome text, place bigint,
    fills boolean, mailing boolean
)
LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
    span record;
    mine record;
    post record;
    wanted record;
    the_period bigint;
    spoken_for int;
    placed boolean;
BEGIN
    SELECT t.id INTO the_period FROM programmes_trainingperiod t WHERE t.code = period_code;
    IF NOT FOUND THEN RETURN; END IF;
    PERFORM pg_advisory_xact_lock(
        hashtextextended(format('enrolment.person %s %s', the_period, the_person), 0));
    SELECT t.first_day, t.last_day, t.action_id INTO span
    FROM programmes_trainingperiod t
    WHERE t.id = the_period AND t.state = 'phase_b'
        AND t.phase_b_opens <= moment AND moment < t.phase_b_closes
    FOR SHARE;
    IF NOT FOUND THEN RETURN; END IF;

    SELECT a.id, a.cluster_id INTO mine
    FROM enrolment_participationapplication a
    WHERE a.period_id = the_period AND a.person_id = the_person AND a.programme_id IS NULL
        AND a.number <> '' AND a.state IN ('runner_up', 'draft', 'submitted', 'cancelled');
    IF NOT FOUND THEN RETURN; END IF;

    SELECT p.id, p.cluster_id, c.locality, o.prefecture_id, v.course_id,
        v.trainee_profile AS profile, p.code || ' ' || k.title || ', ' || o.name AS name
    INTO wanted
    FROM programmes_programme p
    JOIN programmes_programmecategory c ON c.id = p.category_id
    JOIN structures_cluster k ON k.id = p.cluster_id
    JOIN structures_trainingcentre o ON o.id = p.centre_id
    JOIN programmes_trainingaction n ON n.id = span.action_id
    JOIN courses_courseversion v ON v.id = n.course_version_id
    JOIN enrolment_waitinglist l ON l.programme_id = p.id AND l.open_in_phase_b
    WHERE p.code = programme_code AND p.period_id = the_period
        AND p.cluster_id = mine.cluster_id AND p.locality_rules = '[]';
    IF NOT FOUND THEN RETURN; END IF;
    programme := wanted.id;
    programme_name := wanted.name;

    SELECT coalesce((u.values ->> 'completed_once_refused')::boolean, once) INTO once
    FROM programmes_parameterset u
    WHERE u.action_id = span.action_id AND u.valid_from <= moment
    ORDER BY u.valid_from DESC, u.version DESC LIMIT 1;
    once := coalesce(once, true);

    SELECT t.id INTO post
    FROM people_teacher t
    JOIN structures_clustermember m
        ON m.cluster_id = wanted.cluster_id AND m.specialty_id = t.specialty_id
    WHERE t.person_id = the_person AND NOT t.special_post;
    IF NOT FOUND THEN RETURN; END IF;

    IF EXISTS (
        SELECT FROM people_leave f WHERE f.teacher_id = post.id AND f.valid_from <= span.last_day
            AND (f.valid_until IS NULL OR f.valid_until >= span.first_day)
    ) OR NOT EXISTS (
        SELECT FROM people_schoolservice s WHERE s.teacher_id = post.id AND s.hours > 0
            AND s.valid_from <= span.first_day
            AND (s.valid_until IS NULL OR s.valid_until >= span.last_day)
    ) OR EXISTS (
        SELECT FROM people_schoolservice s JOIN structures_school k ON k.id = s.school_id
        WHERE wanted.locality AND s.teacher_id = post.id AND s.hours > 0
            AND k.prefecture_id IS DISTINCT FROM wanted.prefecture_id
    ) OR EXISTS (
        SELECT FROM people_heldcertificate h
        WHERE once AND h.person_id = the_person AND h.kind = 'B2_training'
    ) OR EXISTS (
        SELECT FROM jsonb_array_elements(wanted.profile) rule
        CROSS JOIN LATERAL (
            SELECT count(*) AS held FROM people_heldcertificate h
            WHERE h.person_id = the_person AND rule -> 'any' ? h.kind
        ) certificates
        WHERE CASE rule ->> 'kind'
            WHEN 'employment_any_of' THEN true
            WHEN 'certificate_any_of' THEN certificates.held = 0
            WHEN 'certificate_none_of' THEN certificates.held > 0
        END
    ) OR EXISTS (
        SELECT FROM programmes_programme p JOIN programmes_trainingperiod t ON t.id = p.period_id
        WHERE p.trainer_id = the_person AND t.action_id = span.action_id
    ) OR EXISTS (
        SELECT FROM enrolment_participationapplication a
        JOIN programmes_trainingperiod t ON t.id = a.period_id
        JOIN programmes_trainingaction n ON n.id = t.action_id
        JOIN courses_courseversion v ON v.id = n.course_version_id
        WHERE once AND a.person_id = the_person AND v.course_id = wanted.course_id
            AND a.state IN ('attended', 'certified')
    ) OR EXISTS (
        SELECT FROM enrolment_waitingentry e
        WHERE e.application_id = mine.id AND e.state IN ('waiting', 'offered')
    ) THEN RETURN; END IF;

    SELECT p.state, p.capacity, p.minimum INTO wanted
    FROM programmes_programme p
    WHERE p.id = programme AND p.state IN ('filling', 'viable')
    FOR NO KEY UPDATE;
    IF NOT FOUND THEN RETURN; END IF;
    SELECT a.id, a.number, a.state INTO mine
    FROM enrolment_participationapplication a
    WHERE a.id = mine.id AND a.programme_id IS NULL AND a.cluster_id = mine.cluster_id
        AND a.state IN ('runner_up', 'draft', 'submitted', 'cancelled')
    FOR NO KEY UPDATE;
    IF NOT FOUND THEN RETURN; END IF;
    spoken_for :=
        (SELECT count(*) FROM enrolment_participationapplication a
         WHERE a.programme_id = programme
             AND a.state IN ('placed', 'enrolled', 'attended'))
        + (SELECT count(*) FROM enrolment_waitingentry e
           WHERE e.programme_id = programme AND e.state = 'offered')
        + (SELECT count(*) FROM enrolment_heldback h
           WHERE h.programme_id = programme AND h.used_at IS NULL
               AND (h.opens_at IS NULL OR h.opens_at > moment));

    application := mine.id;
    placed := spoken_for < wanted.capacity;
    fills := placed AND wanted.state = 'filling' AND spoken_for + 1 >= wanted.minimum;
    outcome := CASE WHEN placed THEN 'placed' ELSE 'full' END;
    place := nextval('enrolment_place_sequence');
    INSERT INTO enrolment_phaseblog
        (sequence, period_id, programme_id, application_id, number, outcome, reason, at)
    VALUES (place, the_period, programme, mine.id, mine.number, outcome,
        CASE WHEN placed THEN '' ELSE 'full' END, moment);
    IF placed THEN
        UPDATE enrolment_participationapplication
        SET state = 'placed', programme_id = programme, place_sequence = place
        WHERE id = mine.id;
        INSERT INTO kernel_journalentry
            (subject, subject_id, act, step, source, target, actor_id, actor_name, at, recorded,
             reason, data)
        VALUES ('enrolment.participationapplication', mine.id, wording ->> 'act', 'claim',
            mine.state, 'placed', the_person, the_name, moment, now(), '', '{}');
        INSERT INTO enrolment_publicchange
            (period_id, kind, number, to_programme_id, reason, at)
        VALUES (the_period, 'phase_b_place', mine.number, programme, '', moment);
        INSERT INTO kernel_notice (person_id, kind, dedupe, title, text, url, at, mail)
        VALUES (the_person, wording ->> 'kind', format('claim-%s-%s', mine.id, place),
            wording ->> 'title', format(wording ->> 'text', programme_name, mine.number),
            wording ->> 'url', moment, 'waiting')
        ON CONFLICT DO NOTHING;
    END IF;
    mailing := EXISTS (
        SELECT FROM procrastinate_jobs j
        WHERE j.status = 'todo' AND j.task_name = 'kernel.mail_notices'
    );
    RETURN NEXT;
END
$$
"""
DROP = (
    "DROP FUNCTION enrolment_plain_claim"
    "(text, text, bigint, text, timestamptz, boolean, jsonb)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("enrolment", "0002_place_sequence"),
        ("people", "0001_initial"),
        ("courses", "0001_initial"),
        ("kernel", "0002_models"),
        ("procrastinate", "0001_initial"),
    ]

    operations = [migrations.RunSQL(CREATE, DROP)]
