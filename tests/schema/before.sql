SELECT pg_catalog.set_config('search_path', '', false);
CREATE TYPE public.pgqueuer_status AS ENUM (
    'queued',
    'picked',
    'successful',
    'exception',
    'canceled',
    'deleted',
    'failed'
);
CREATE FUNCTION public.fn_pgqueuer_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    to_emit BOOLEAN := false;  -- Flag to decide whether to emit a notification
BEGIN
    -- Check operation type and set the emit flag accordingly
    IF TG_OP = 'UPDATE' AND OLD IS DISTINCT FROM NEW THEN
        to_emit := true;
    ELSIF TG_OP = 'DELETE' THEN
        to_emit := true;
    ELSIF TG_OP = 'INSERT' THEN
        to_emit := true;
    ELSIF TG_OP = 'TRUNCATE' THEN
        to_emit := true;
    END IF;

    -- Perform notification if the emit flag is set
    IF to_emit THEN
        PERFORM pg_notify(
            'ch_pgqueuer',
            json_build_object(
                'channel', 'ch_pgqueuer',
                'operation', lower(TG_OP),
                'sent_at', NOW(),
                'table', TG_TABLE_NAME,
                'type', 'table_changed_event'
            )::text
        );
    END IF;

    -- Return appropriate value based on the operation
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        RETURN NEW;
    ELSIF TG_OP = 'DELETE' THEN
        RETURN OLD;
    ELSE
        RETURN NULL; -- For TRUNCATE and other non-row-specific contexts
    END IF;

END;
$$;
CREATE FUNCTION public.photo_act_is_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'photo_act is append only';
END $$;
CREATE FUNCTION public.place_figure(said text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $_$
DECLARE
    digits CONSTANT text := '〇零一二两三四五六七八九';
    values_of CONSTANT text := '001223456789';
    part text[];
BEGIN
    IF said !~ '[十百千]' THEN
        RETURN translate(said, digits, values_of);
    END IF;
    part := regexp_match(said,
        '^(?:([一二两三四五六七八九])千)?(?:[零〇]?([一二两三四五六七八九])百)?'
        '(?:[零〇]?([一二三四五六七八九]?)(十))?([零〇]?)([一二三四五六七八九])?$');
    IF part IS NULL OR said ~ '[千百][一二三四五六七八九]$' OR said ~ '[零〇]$' THEN
        RETURN said;
    END IF;
    RETURN (coalesce(translate(part[1], digits, values_of), '0')::int * 1000
        + coalesce(translate(part[2], digits, values_of), '0')::int * 100
        + CASE WHEN part[4] IS NULL THEN 0
               ELSE coalesce(nullif(translate(part[3], digits, values_of), ''), '1')::int * 10 END
        + coalesce(translate(part[6], digits, values_of), '0')::int)::text;
END $_$;
CREATE FUNCTION public.place_fold(given text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
DECLARE
    folded text := translate(normalize(given, NFKC),
        'ABCDEFGHIJKLMNOPQRSTUVWXYZ號‐‑‒–—―−〜'
            || E' \t\n\r\f\u000b\u0085\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\u3000\ufeff',
        'abcdefghijklmnopqrstuvwxyz号-------~');
    said text;
BEGIN
    IF folded ~ '[〇零一二两三四五六七八九十百千](号|弄|室|支弄)' THEN
        FOR said IN
            SELECT figure[1]
            FROM regexp_matches(folded, '([〇零一二两三四五六七八九十百千]+)(?=号|弄|室|支弄)', 'g') figure
            GROUP BY figure[1] ORDER BY length(figure[1]) DESC, figure[1]
        LOOP
            folded := regexp_replace(folded, said || '(?=号|弄|室|支弄)', public.place_figure(said), 'g');
        END LOOP;
    END IF;
    RETURN folded;
END $$;
CREATE FUNCTION public.place_pairs(folded text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
    SELECT coalesce(array_agg(DISTINCT substr(folded, nr, 2)), '{}'::text[])
    FROM generate_series(1, length(folded) - 1) nr
$$;
CREATE FUNCTION public.qr_change_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'qr_change is append only'; END $$;
CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION public.tell_of_account() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    -- The argument names the column that holds the account's id.
    IF TG_OP = 'DELETE' THEN
        PERFORM pg_notify('yima_account', to_jsonb(OLD) ->> TG_ARGV[0]);
    ELSE
        PERFORM pg_notify('yima_account', to_jsonb(NEW) ->> TG_ARGV[0]);
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.wake_ladder() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.ladder_at := CASE
        WHEN NEW.state IN ('closed', 'cancelled', 'suspended', 'merged') THEN NULL
        ELSE '-infinity'::timestamptz END;
    RETURN NEW;
END $$;
CREATE TABLE public.account (
    id bigint NOT NULL,
    kind character varying(8) DEFAULT ''::character varying NOT NULL,
    username character varying(60) DEFAULT NULL::character varying,
    password_hash character varying(200) DEFAULT NULL::character varying,
    display_name character varying(60) DEFAULT ''::character varying NOT NULL,
    phone character varying(20) DEFAULT NULL::character varying,
    unit_id bigint,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT account_kind_known CHECK (((kind)::text = ANY ((ARRAY['staff'::character varying, 'device'::character varying])::text[]))),
    CONSTRAINT account_staff_can_sign_in CHECK (((((kind)::text = 'staff'::text) = (username IS NOT NULL)) AND (((kind)::text = 'staff'::text) = (password_hash IS NOT NULL)))),
    CONSTRAINT account_username_plain CHECK ((((username)::text = lower(btrim((username)::text))) AND ((username)::text <> ''::text)))
);
CREATE SEQUENCE public.account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.account_id_seq OWNED BY public.account.id;
CREATE TABLE public.area (
    code character varying(12) DEFAULT NULL::character varying NOT NULL,
    level character varying(9) DEFAULT NULL::character varying NOT NULL,
    name character varying(100) DEFAULT NULL::character varying NOT NULL,
    polygon public.geometry(MultiPolygon,4326) DEFAULT NULL::public.geometry,
    is_demo boolean DEFAULT false NOT NULL,
    CONSTRAINT area_code_is_national CHECK (((code)::text ~ '^[0-9]{6}([0-9]{3}){0,2}$'::text)),
    CONSTRAINT area_is_named CHECK ((btrim((name)::text) <> ''::text)),
    CONSTRAINT area_level_follows_code CHECK (((level)::text =
CASE length((code)::text)
    WHEN 6 THEN 'district'::text
    WHEN 9 THEN 'town'::text
    ELSE 'committee'::text
END))
);
CREATE TABLE public.calendar_day (
    id bigint NOT NULL,
    area_code character varying(15) DEFAULT ''::character varying NOT NULL,
    on_date date NOT NULL,
    is_workday boolean DEFAULT false NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    origin character varying(8) DEFAULT 'person'::character varying NOT NULL,
    CONSTRAINT calendar_day_area_prefix CHECK (((area_code)::text ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$'::text)),
    CONSTRAINT calendar_day_origin_known CHECK (((origin)::text = ANY ((ARRAY['package'::character varying, 'person'::character varying])::text[])))
);
CREATE SEQUENCE public.calendar_day_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.calendar_day_id_seq OWNED BY public.calendar_day.id;
CREATE TABLE public.check_in (
    id bigint NOT NULL,
    step_id bigint NOT NULL,
    order_id bigint NOT NULL,
    account_id bigint NOT NULL,
    method character varying(8) DEFAULT ''::character varying NOT NULL,
    distance_m double precision,
    accuracy_m double precision,
    radius_m integer DEFAULT 0 NOT NULL,
    qr_code character varying(12) DEFAULT NULL::character varying,
    age_s double precision,
    appeal_reason text,
    doubts character varying(16)[] DEFAULT '{}'::character varying[] NOT NULL,
    fixed_at timestamp with time zone,
    grade character varying(8) DEFAULT NULL::character varying,
    is_mock boolean,
    raw_datum character varying(5) DEFAULT NULL::character varying,
    raw_lat double precision,
    raw_lng double precision,
    source character varying(8) DEFAULT NULL::character varying,
    CONSTRAINT check_in_age_of_a_day CHECK (((age_s >= (0)::double precision) AND (age_s <= (86400)::double precision))),
    CONSTRAINT check_in_appeal_graded CHECK ((((method)::text = 'appeal'::text) = (NOT ((grade)::text IS DISTINCT FROM 'appealed'::text)))),
    CONSTRAINT check_in_datum_known CHECK (((raw_datum)::text = ANY ((ARRAY['wgs84'::character varying, 'gcj02'::character varying, 'bd09'::character varying])::text[]))),
    CONSTRAINT check_in_doubts_known CHECK ((doubts <@ ARRAY['mock'::character varying, 'impossible_speed'::character varying, 'vague'::character varying, 'stale'::character varying, 'by_hand'::character varying, 'offline'::character varying, 'clock_wrong'::character varying, 'code_not_fresh'::character varying, 'code_elsewhere'::character varying])),
    CONSTRAINT check_in_fix_on_globe CHECK ((((raw_lng >= ('-180'::integer)::double precision) AND (raw_lng <= (180)::double precision)) AND ((raw_lat >= ('-90'::integer)::double precision) AND (raw_lat <= (90)::double precision)))),
    CONSTRAINT check_in_fix_whole CHECK ((num_nulls(raw_lng, raw_lat, raw_datum, fixed_at) = ANY (ARRAY[0, 4]))),
    CONSTRAINT check_in_grade_known CHECK (((grade)::text = ANY ((ARRAY['strong'::character varying, 'fair'::character varying, 'weak'::character varying, 'appealed'::character varying])::text[]))),
    CONSTRAINT check_in_lengths_not_negative CHECK (((distance_m >= (0)::double precision) AND (accuracy_m >= (0)::double precision) AND (radius_m >= 0))),
    CONSTRAINT check_in_method_proved CHECK (((((method)::text = 'gps'::text) AND (distance_m IS NOT NULL)) OR (((method)::text = 'code'::text) AND (qr_code IS NOT NULL)) OR (((method)::text = 'appeal'::text) AND (COALESCE(btrim(appeal_reason), ''::text) <> ''::text)))),
    CONSTRAINT check_in_source_known CHECK (((source)::text = ANY ((ARRAY['gps'::character varying, 'network'::character varying, 'fused'::character varying, 'wechat'::character varying, 'manual'::character varying, 'unknown'::character varying])::text[]))),
    CONSTRAINT check_in_strong_by_code CHECK ((((grade)::text <> 'strong'::text) OR (((method)::text = 'code'::text) AND (cardinality(doubts) = 0))))
);
CREATE SEQUENCE public.check_in_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.check_in_id_seq OWNED BY public.check_in.id;
CREATE TABLE public.clock_window (
    id bigint NOT NULL,
    area_code character varying(15) DEFAULT ''::character varying NOT NULL,
    clock character varying(10) DEFAULT ''::character varying NOT NULL,
    opens_min integer DEFAULT 0 NOT NULL,
    closes_min integer DEFAULT 0 NOT NULL,
    CONSTRAINT clock_window_area_prefix CHECK (((area_code)::text ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$'::text)),
    CONSTRAINT clock_window_clock_known CHECK (((clock)::text = ANY ((ARRAY['service'::character varying, 'work'::character varying])::text[]))),
    CONSTRAINT clock_window_within_day CHECK (((0 <= opens_min) AND (opens_min < closes_min) AND (closes_min <= 1440)))
);
CREATE SEQUENCE public.clock_window_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.clock_window_id_seq OWNED BY public.clock_window.id;
CREATE TABLE public.duplicate_rule (
    id bigint NOT NULL,
    prefix character varying(8) DEFAULT ''::character varying NOT NULL,
    radius_m integer DEFAULT 0 NOT NULL,
    window_min integer DEFAULT 0 NOT NULL,
    closed_min integer DEFAULT 0 NOT NULL,
    CONSTRAINT duplicate_rule_lengths CHECK ((((radius_m >= 0) AND (radius_m <= 1000)) AND (window_min >= 0) AND (closed_min >= 0)))
);
CREATE SEQUENCE public.duplicate_rule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.duplicate_rule_id_seq OWNED BY public.duplicate_rule.id;
CREATE TABLE public.duty_shift (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    area_code character varying(15) DEFAULT ''::character varying NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    CONSTRAINT duty_shift_area_prefix CHECK (((area_code)::text ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$'::text)),
    CONSTRAINT duty_shift_ends_later CHECK ((ends_at > starts_at))
);
CREATE SEQUENCE public.duty_shift_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.duty_shift_id_seq OWNED BY public.duty_shift.id;
CREATE TABLE public.escalation (
    id bigint NOT NULL,
    order_id bigint NOT NULL,
    rung_id bigint NOT NULL,
    stage character varying(8) DEFAULT ''::character varying NOT NULL,
    round_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    rung_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.escalation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.escalation_id_seq OWNED BY public.escalation.id;
CREATE TABLE public.escalation_rung (
    id bigint NOT NULL,
    area_code character varying(15) DEFAULT ''::character varying NOT NULL,
    item_prefix character varying(8) DEFAULT ''::character varying NOT NULL,
    priorities character varying(2)[] DEFAULT '{}'::character varying[] NOT NULL,
    stage character varying(8) DEFAULT ''::character varying NOT NULL,
    at_percent integer DEFAULT 0 NOT NULL,
    who character varying(12) DEFAULT ''::character varying NOT NULL,
    door character varying(12) DEFAULT 'inbox'::character varying NOT NULL,
    quiet character varying(8) DEFAULT 'urgent'::character varying NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    CONSTRAINT escalation_rung_area_prefix CHECK (((area_code)::text ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$'::text)),
    CONSTRAINT escalation_rung_percent CHECK (((at_percent >= 1) AND (at_percent <= 10000))),
    CONSTRAINT escalation_rung_quiet_known CHECK (((quiet)::text = ANY ((ARRAY['urgent'::character varying, 'never'::character varying, 'always'::character varying])::text[]))),
    CONSTRAINT escalation_rung_stage_known CHECK (((stage)::text = ANY ((ARRAY['respond'::character varying, 'arrive'::character varying, 'safe'::character varying, 'resolve'::character varying, 'verify'::character varying])::text[]))),
    CONSTRAINT escalation_rung_who_known CHECK (((who)::text = ANY ((ARRAY['handler'::character varying, 'unit'::character varying, 'verifier'::character varying, 'supervisor'::character varying, 'street'::character varying, 'district'::character varying])::text[])))
);
CREATE SEQUENCE public.escalation_rung_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.escalation_rung_id_seq OWNED BY public.escalation_rung.id;
CREATE TABLE public.event_log (
    id bigint NOT NULL,
    name character varying(64) DEFAULT ''::character varying NOT NULL,
    subject character varying(32) DEFAULT ''::character varying NOT NULL,
    subject_id bigint DEFAULT 0 NOT NULL,
    version integer DEFAULT 0 NOT NULL,
    area_code character varying(15) DEFAULT ''::character varying NOT NULL,
    unit_id bigint,
    account_ids bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    body jsonb DEFAULT '{}'::jsonb NOT NULL,
    recorded_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT event_log_body_is_object CHECK ((jsonb_typeof(body) = 'object'::text)),
    CONSTRAINT event_log_name_said CHECK (((name)::text <> ''::text))
);
CREATE SEQUENCE public.event_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.event_log_id_seq OWNED BY public.event_log.id;
CREATE TABLE public.follow_up (
    id bigint NOT NULL,
    order_id bigint NOT NULL,
    listed_at timestamp with time zone NOT NULL,
    result character varying(16) DEFAULT NULL::character varying,
    note text DEFAULT ''::text NOT NULL,
    called_by_id bigint,
    called_at timestamp with time zone,
    CONSTRAINT follow_up_called_whole CHECK ((((result IS NULL) = (called_at IS NULL)) AND ((result IS NULL) = (called_by_id IS NULL)))),
    CONSTRAINT follow_up_result_known CHECK (((result)::text = ANY ((ARRAY['satisfied'::character varying, 'unsatisfied'::character varying, 'unreached'::character varying, 'refused'::character varying])::text[])))
);
CREATE SEQUENCE public.follow_up_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.follow_up_id_seq OWNED BY public.follow_up.id;
CREATE TABLE public.grid_cell (
    code character varying(15) DEFAULT NULL::character varying NOT NULL,
    area_id character varying(12) DEFAULT NULL::character varying NOT NULL,
    polygon public.geometry(MultiPolygon,4326) DEFAULT NULL::public.geometry NOT NULL,
    is_demo boolean DEFAULT false NOT NULL,
    CONSTRAINT grid_cell_code_in_area CHECK ((((code)::text ~ '^[0-9]{15}$'::text) AND ("left"((code)::text, 12) = (area_id)::text)))
);
CREATE TABLE public.item (
    code character varying(8) DEFAULT ''::character varying NOT NULL,
    category_code character varying(4) DEFAULT ''::character varying NOT NULL,
    category_zh character varying(40) DEFAULT ''::character varying NOT NULL,
    category_en character varying(80) DEFAULT ''::character varying NOT NULL,
    item_code character varying(6) DEFAULT ''::character varying NOT NULL,
    item_zh character varying(40) DEFAULT ''::character varying NOT NULL,
    item_en character varying(80) DEFAULT ''::character varying NOT NULL,
    name_zh character varying(60) DEFAULT ''::character varying NOT NULL,
    name_en character varying(120) DEFAULT ''::character varying NOT NULL,
    std_ref character varying(120) DEFAULT ''::character varying NOT NULL,
    reporter_roles character varying(20)[] DEFAULT '{}'::character varying[] NOT NULL,
    handler_unit_type character varying(40) DEFAULT ''::character varying NOT NULL,
    dispatch_mode character varying(12) DEFAULT ''::character varying NOT NULL,
    clock character varying(10) DEFAULT ''::character varying NOT NULL,
    respond_min integer DEFAULT 0 NOT NULL,
    resolve_min integer DEFAULT 0 NOT NULL,
    report_photos_min integer DEFAULT 0 NOT NULL,
    before_photos_min integer DEFAULT 0 NOT NULL,
    after_photos_min integer DEFAULT 0 NOT NULL,
    checkin_required boolean DEFAULT false NOT NULL,
    checkin_radius_m integer DEFAULT 0 NOT NULL,
    verify_mode character varying(24) DEFAULT ''::character varying NOT NULL,
    priority character varying(2) DEFAULT ''::character varying NOT NULL,
    grade_points integer DEFAULT 0 NOT NULL,
    resolve_basis text DEFAULT ''::text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    is_open boolean DEFAULT true NOT NULL,
    arrive_min integer,
    safe_min integer,
    verify_min integer,
    CONSTRAINT item_clock_known CHECK (((clock)::text = ANY ((ARRAY['always'::character varying, 'service'::character varying, 'work'::character varying])::text[]))),
    CONSTRAINT item_code_plain CHECK (((code)::text ~ '^[A-Z][0-9]{3}$'::text)),
    CONSTRAINT item_evidence_counted CHECK ((((report_photos_min >= 0) AND (report_photos_min <= 9)) AND ((before_photos_min >= 0) AND (before_photos_min <= 9)) AND ((after_photos_min >= 0) AND (after_photos_min <= 9)))),
    CONSTRAINT item_limits_ordered CHECK (((respond_min > 0) AND (resolve_min >= respond_min))),
    CONSTRAINT item_mode_known CHECK (((dispatch_mode)::text = ANY ((ARRAY['direct'::character varying, 'grab'::character varying, 'approval'::character varying])::text[]))),
    CONSTRAINT item_priority_known CHECK (((priority)::text ~ '^P[0-4]$'::text)),
    CONSTRAINT item_radius_not_negative CHECK ((checkin_radius_m >= 0)),
    CONSTRAINT item_stage_limits_positive CHECK (((arrive_min > 0) AND (safe_min > 0) AND (verify_min > 0))),
    CONSTRAINT item_verify_known CHECK (((verify_mode)::text = ANY ((ARRAY['photo_auto'::character varying, 'inspector_check'::character varying, 'two_person_check'::character varying, 'merchant_confirm'::character varying])::text[])))
);
CREATE TABLE public.message (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    event_id bigint NOT NULL,
    kind character varying(32) DEFAULT ''::character varying NOT NULL,
    order_id bigint DEFAULT 0,
    title_zh text DEFAULT ''::text NOT NULL,
    title_en text DEFAULT ''::text NOT NULL,
    body_zh text DEFAULT ''::text NOT NULL,
    body_en text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    read_at timestamp with time zone,
    path text DEFAULT ''::text NOT NULL
);
CREATE SEQUENCE public.message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.message_id_seq OWNED BY public.message.id;
CREATE TABLE public.migration (
    id integer NOT NULL,
    name character varying(200) DEFAULT ''::character varying NOT NULL,
    app_name character varying(200) DEFAULT ''::character varying NOT NULL,
    ran_on timestamp without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE SEQUENCE public.migration_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.migration_id_seq OWNED BY public.migration.id;
CREATE TABLE public.named_duty (
    id bigint NOT NULL,
    unit_id bigint NOT NULL,
    item_id character varying(8) DEFAULT NULL::character varying,
    team_id bigint,
    area_code character varying(12) DEFAULT NULL::character varying,
    account_id bigint NOT NULL,
    supervisor_id bigint,
    CONSTRAINT named_duty_area_prefix CHECK (((area_code)::text ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'::text)),
    CONSTRAINT named_duty_somewhere CHECK (((team_id IS NULL) <> (area_code IS NULL))),
    CONSTRAINT named_duty_supervised_by_another CHECK ((supervisor_id <> account_id))
);
CREATE SEQUENCE public.named_duty_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.named_duty_id_seq OWNED BY public.named_duty.id;
CREATE TABLE public.order_follower (
    id bigint NOT NULL,
    order_id bigint NOT NULL,
    account_id bigint NOT NULL,
    origin_id bigint NOT NULL,
    since timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.order_follower_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.order_follower_id_seq OWNED BY public.order_follower.id;
CREATE TABLE public.order_pause (
    id bigint NOT NULL,
    order_id bigint NOT NULL,
    kind character varying(12) DEFAULT ''::character varying NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    minutes integer,
    granted_by_id bigint,
    reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT order_pause_ends_later CHECK ((ends_at >= starts_at)),
    CONSTRAINT order_pause_extension_has_minutes CHECK (((((kind)::text = 'extension'::text) = (minutes IS NOT NULL)) AND (minutes > 0))),
    CONSTRAINT order_pause_kind_known CHECK (((kind)::text = ANY ((ARRAY['extension'::character varying, 'suspension'::character varying, 'verification'::character varying])::text[])))
);
CREATE SEQUENCE public.order_pause_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.order_pause_id_seq OWNED BY public.order_pause.id;
CREATE TABLE public.order_request (
    id bigint NOT NULL,
    order_id bigint NOT NULL,
    kind character varying(12) DEFAULT ''::character varying NOT NULL,
    minutes integer,
    reason text DEFAULT ''::text NOT NULL,
    asked_by_id bigint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_by_id bigint,
    decided_at timestamp with time zone,
    is_granted boolean,
    CONSTRAINT order_request_decided_whole CHECK ((((decided_at IS NULL) = (decided_by_id IS NULL)) AND ((decided_at IS NULL) = (is_granted IS NULL)))),
    CONSTRAINT order_request_kind_known CHECK (((kind)::text = ANY ((ARRAY['extension'::character varying, 'suspension'::character varying])::text[]))),
    CONSTRAINT order_request_minutes_asked CHECK (((((kind)::text = 'extension'::text) = (minutes IS NOT NULL)) AND (minutes > 0))),
    CONSTRAINT order_request_reason_said CHECK ((btrim(reason) <> ''::text))
);
CREATE SEQUENCE public.order_request_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.order_request_id_seq OWNED BY public.order_request.id;
CREATE TABLE public.order_step (
    id bigint NOT NULL,
    order_id bigint NOT NULL,
    move character varying(16) DEFAULT ''::character varying NOT NULL,
    from_state character varying(12) DEFAULT NULL::character varying,
    to_state character varying(12) DEFAULT ''::character varying NOT NULL,
    actor_id bigint,
    actor_role character varying(16) DEFAULT ''::character varying NOT NULL,
    at timestamp with time zone NOT NULL,
    captured_at timestamp with time zone,
    point public.geography(Point,4326) DEFAULT NULL::public.geography,
    accuracy_m double precision,
    datum character varying(6) DEFAULT NULL::character varying,
    note text DEFAULT ''::text NOT NULL,
    idempotency_key character varying(80) DEFAULT NULL::character varying,
    detail jsonb DEFAULT '{}'::jsonb NOT NULL,
    key_print character varying(32) DEFAULT NULL::character varying,
    CONSTRAINT order_step_accuracy_not_negative CHECK ((accuracy_m >= (0)::double precision)),
    CONSTRAINT order_step_datum_known CHECK (((datum)::text = ANY ((ARRAY['wgs84'::character varying, 'gcj02'::character varying, 'bd09'::character varying])::text[]))),
    CONSTRAINT order_step_states_known CHECK ((((to_state)::text = ANY ((ARRAY['dispatched'::character varying, 'accepted'::character varying, 'on_site'::character varying, 'handled'::character varying, 'suspended'::character varying, 'closed'::character varying, 'cancelled'::character varying, 'merged'::character varying])::text[])) AND ((from_state IS NULL) = ((move)::text = 'open'::text))))
);
CREATE SEQUENCE public.order_step_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.order_step_id_seq OWNED BY public.order_step.id;
CREATE TABLE public.order_verdict (
    id bigint NOT NULL,
    order_id bigint NOT NULL,
    account_id bigint NOT NULL,
    round integer DEFAULT 0 NOT NULL,
    kind character varying(8) DEFAULT ''::character varying NOT NULL,
    score integer,
    step_id bigint NOT NULL,
    CONSTRAINT order_verdict_kind_known CHECK (((kind)::text = ANY ((ARRAY['rated'::character varying, 'unsolved'::character varying])::text[]))),
    CONSTRAINT order_verdict_round_counted CHECK ((round >= 0)),
    CONSTRAINT order_verdict_score_of_rating CHECK (
CASE
    WHEN ((kind)::text = 'rated'::text) THEN COALESCE(((score >= 1) AND (score <= 5)), false)
    ELSE (score IS NULL)
END)
);
CREATE SEQUENCE public.order_verdict_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.order_verdict_id_seq OWNED BY public.order_verdict.id;
CREATE TABLE public.org_unit (
    id bigint NOT NULL,
    code character varying(40) DEFAULT ''::character varying NOT NULL,
    name_zh character varying(120) DEFAULT ''::character varying NOT NULL,
    name_en character varying(120) DEFAULT NULL::character varying,
    unit_type character varying(40) DEFAULT ''::character varying NOT NULL,
    area_code character varying(15) DEFAULT ''::character varying NOT NULL,
    kind character varying(12) DEFAULT 'government'::character varying NOT NULL,
    CONSTRAINT org_unit_area_prefix CHECK (((area_code)::text ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$'::text)),
    CONSTRAINT org_unit_code_said CHECK (((code)::text <> ''::text)),
    CONSTRAINT org_unit_kind_known CHECK (((kind)::text = ANY ((ARRAY['government'::character varying, 'property'::character varying, 'committee'::character varying, 'contractor'::character varying])::text[]))),
    CONSTRAINT org_unit_type_word CHECK (((unit_type)::text ~ '^[a-z][a-z0-9_]*$'::text))
);
CREATE SEQUENCE public.org_unit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.org_unit_id_seq OWNED BY public.org_unit.id;
CREATE TABLE public.pgqueuer (
    id bigint NOT NULL,
    priority integer NOT NULL,
    queue_manager_id uuid,
    created timestamp with time zone DEFAULT now() NOT NULL,
    updated timestamp with time zone DEFAULT now() NOT NULL,
    heartbeat timestamp with time zone DEFAULT now() NOT NULL,
    execute_after timestamp with time zone DEFAULT now() NOT NULL,
    status public.pgqueuer_status NOT NULL,
    entrypoint text NOT NULL,
    dedupe_key text,
    payload bytea,
    headers jsonb,
    attempts integer DEFAULT 0 NOT NULL,
    slot bigint
);
CREATE SEQUENCE public.pgqueuer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.pgqueuer_id_seq OWNED BY public.pgqueuer.id;
CREATE TABLE public.pgqueuer_log (
    id bigint NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    job_id bigint NOT NULL,
    status public.pgqueuer_status NOT NULL,
    priority integer NOT NULL,
    entrypoint text NOT NULL,
    traceback jsonb,
    aggregated boolean DEFAULT false
)
WITH (autovacuum_vacuum_scale_factor='0.1', autovacuum_vacuum_threshold='10000');
ALTER TABLE public.pgqueuer_log ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pgqueuer_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pgqueuer_schedules (
    id bigint NOT NULL,
    expression text NOT NULL,
    entrypoint text NOT NULL,
    heartbeat timestamp with time zone DEFAULT now() NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    updated timestamp with time zone DEFAULT now() NOT NULL,
    next_run timestamp with time zone DEFAULT now() NOT NULL,
    last_run timestamp with time zone,
    status public.pgqueuer_status DEFAULT 'queued'::public.pgqueuer_status
);
CREATE SEQUENCE public.pgqueuer_schedules_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.pgqueuer_schedules_id_seq OWNED BY public.pgqueuer_schedules.id;
CREATE TABLE public.pgqueuer_statistics (
    id bigint NOT NULL,
    created timestamp with time zone DEFAULT date_trunc('sec'::text, now()) NOT NULL,
    count bigint NOT NULL,
    priority integer NOT NULL,
    status public.pgqueuer_status NOT NULL,
    entrypoint text NOT NULL
);
CREATE SEQUENCE public.pgqueuer_statistics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.pgqueuer_statistics_id_seq OWNED BY public.pgqueuer_statistics.id;
CREATE TABLE public.photo (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    owner_id bigint NOT NULL,
    client_key character varying(128) DEFAULT NULL::character varying,
    sha256 bytea DEFAULT '\x'::bytea NOT NULL,
    media_type character varying(32) DEFAULT ''::character varying NOT NULL,
    width integer DEFAULT 0 NOT NULL,
    height integer DEFAULT 0 NOT NULL,
    size_bytes bigint DEFAULT 0 NOT NULL,
    captured_at timestamp with time zone,
    captured_offset_min smallint,
    gps public.geography(Point,4326) DEFAULT NULL::public.geography,
    device character varying(80) DEFAULT NULL::character varying,
    phash bigint DEFAULT 0 NOT NULL,
    original_key character varying(128) DEFAULT ''::character varying NOT NULL,
    revision integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    boxes jsonb DEFAULT '[]'::jsonb NOT NULL,
    hold_reason character varying(200) DEFAULT NULL::character varying,
    thinned_at timestamp with time zone,
    visibility character varying(8) DEFAULT 'withheld'::character varying NOT NULL,
    phash_core bigint DEFAULT 0 NOT NULL,
    phash_inner bigint DEFAULT 0 NOT NULL,
    gps_accuracy_m double precision,
    link_version integer DEFAULT 0 NOT NULL,
    hashes bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    hash_keys integer[] DEFAULT '{}'::integer[] NOT NULL,
    CONSTRAINT photo_boxes_are_a_list CHECK ((jsonb_typeof(boxes) = 'array'::text)),
    CONSTRAINT photo_gps_accuracy_not_negative CHECK ((gps_accuracy_m >= (0)::double precision)),
    CONSTRAINT photo_hashes_have_keys CHECK (((hashes = '{}'::bigint[]) = (hash_keys = '{}'::integer[]))),
    CONSTRAINT photo_media_type_known CHECK (((media_type)::text = ANY ((ARRAY['image/jpeg'::character varying, 'image/png'::character varying, 'image/webp'::character varying, 'image/heic'::character varying])::text[]))),
    CONSTRAINT photo_sha256_whole CHECK ((octet_length(sha256) = 32)),
    CONSTRAINT photo_size_real CHECK (((width > 0) AND (height > 0) AND (size_bytes > 0))),
    CONSTRAINT photo_visibility_known CHECK (((visibility)::text = ANY ((ARRAY['withheld'::character varying, 'released'::character varying, 'redacted'::character varying])::text[])))
);
CREATE TABLE public.photo_act (
    id bigint NOT NULL,
    photo_id uuid NOT NULL,
    account_id bigint NOT NULL,
    act character varying(16) DEFAULT ''::character varying NOT NULL,
    reason character varying(200) DEFAULT ''::character varying NOT NULL,
    at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT photo_act_known CHECK (((act)::text = ANY ((ARRAY['read_original'::character varying, 'redact'::character varying, 'release'::character varying, 'withhold'::character varying, 'hold'::character varying, 'let_go'::character varying])::text[])))
);
CREATE SEQUENCE public.photo_act_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.photo_act_id_seq OWNED BY public.photo_act.id;
CREATE TABLE public.photo_attachment (
    id bigint NOT NULL,
    photo_id uuid NOT NULL,
    subject_kind character varying(16) DEFAULT ''::character varying NOT NULL,
    subject_id bigint DEFAULT 0 NOT NULL,
    role character varying(8) DEFAULT ''::character varying NOT NULL,
    "position" smallint DEFAULT 0 NOT NULL,
    CONSTRAINT photo_attachment_kind_known CHECK (((subject_kind)::text = ANY ((ARRAY['report'::character varying, 'order_step'::character varying, 'code_binding'::character varying])::text[]))),
    CONSTRAINT photo_attachment_role_known CHECK (((role)::text = ANY ((ARRAY['report'::character varying, 'before'::character varying, 'after'::character varying, 'plate'::character varying, 'arrival'::character varying])::text[])))
);
CREATE SEQUENCE public.photo_attachment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.photo_attachment_id_seq OWNED BY public.photo_attachment.id;
CREATE TABLE public.photo_match (
    id bigint NOT NULL,
    photo_id uuid NOT NULL,
    earlier_id uuid NOT NULL,
    is_same_file boolean DEFAULT false NOT NULL,
    distance smallint DEFAULT 0 NOT NULL,
    CONSTRAINT photo_match_distance_bits CHECK (((distance >= 0) AND (distance <= 64))),
    CONSTRAINT photo_match_of_two CHECK ((photo_id <> earlier_id))
);
CREATE SEQUENCE public.photo_match_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.photo_match_id_seq OWNED BY public.photo_match.id;
CREATE TABLE public.photo_upload (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    owner_id bigint NOT NULL,
    way character varying(8) DEFAULT ''::character varying NOT NULL,
    size_bytes bigint DEFAULT 0 NOT NULL,
    media_type character varying(32) DEFAULT NULL::character varying,
    md5 bytea,
    refused_code character varying(64) DEFAULT NULL::character varying,
    expires_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT photo_upload_size_real CHECK ((size_bytes > 0)),
    CONSTRAINT photo_upload_way_known CHECK (((way)::text = ANY ((ARRAY['tus'::character varying, 'direct'::character varying])::text[])))
);
CREATE TABLE public.place (
    id bigint NOT NULL,
    kind character varying(10) DEFAULT NULL::character varying NOT NULL,
    name character varying(200) DEFAULT ''::character varying NOT NULL,
    address character varying(300) DEFAULT ''::character varying NOT NULL,
    road_name character varying(100) DEFAULT ''::character varying NOT NULL,
    house_number character varying(50) DEFAULT ''::character varying NOT NULL,
    road_id bigint,
    area_id character varying(12) DEFAULT NULL::character varying NOT NULL,
    grid_cell_id character varying(15) DEFAULT NULL::character varying,
    loc public.geography(Point,4326) DEFAULT NULL::public.geography NOT NULL,
    raw_lng double precision NOT NULL,
    raw_lat double precision NOT NULL,
    raw_datum character varying(5) DEFAULT 'wgs84'::character varying NOT NULL,
    dataset character varying(100) DEFAULT NULL::character varying NOT NULL,
    source_key character varying(200) DEFAULT NULL::character varying NOT NULL,
    is_demo boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    outline public.geometry(MultiPolygon,4326) DEFAULT NULL::public.geometry,
    words text GENERATED ALWAYS AS (((public.place_fold((name)::text) || '
'::text) || public.place_fold((address)::text))) STORED NOT NULL,
    CONSTRAINT place_grid_in_area CHECK (((grid_cell_id IS NULL) OR ("left"((grid_cell_id)::text, length((area_id)::text)) = (area_id)::text))),
    CONSTRAINT place_is_named CHECK ((btrim((((name)::text || (address)::text) || (road_name)::text)) <> ''::text)),
    CONSTRAINT place_kind_is_known CHECK (((kind)::text = ANY ((ARRAY['doorplate'::character varying, 'storefront'::character varying, 'point'::character varying])::text[]))),
    CONSTRAINT place_loc_is_a_position CHECK ((NOT public.st_isempty((loc)::public.geometry))),
    CONSTRAINT place_outline_is_sound CHECK (((NOT public.st_isempty(outline)) AND (public.st_npoints(outline) <= 10000) AND public.st_isvalid(outline))),
    CONSTRAINT place_raw_datum_is_known CHECK (((raw_datum)::text = ANY ((ARRAY['wgs84'::character varying, 'gcj02'::character varying, 'bd09'::character varying])::text[]))),
    CONSTRAINT place_raw_on_globe CHECK ((((raw_lng >= ('-180'::integer)::double precision) AND (raw_lng <= (180)::double precision)) AND ((raw_lat >= ('-90'::integer)::double precision) AND (raw_lat <= (90)::double precision)))),
    CONSTRAINT place_source_is_named CHECK (((btrim((dataset)::text) <> ''::text) AND (btrim((source_key)::text) <> ''::text)))
);
CREATE SEQUENCE public.place_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.place_id_seq OWNED BY public.place.id;
CREATE TABLE public.qr_batch (
    id bigint NOT NULL,
    size integer DEFAULT 0 NOT NULL,
    key_number smallint DEFAULT 0 NOT NULL,
    key_fingerprint character varying(16) DEFAULT ''::character varying NOT NULL,
    area_code character varying(15) DEFAULT ''::character varying NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    minted_by_id bigint,
    minted_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE SEQUENCE public.qr_batch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.qr_batch_id_seq OWNED BY public.qr_batch.id;
CREATE TABLE public.qr_binding (
    id bigint NOT NULL,
    code_id character varying(12) DEFAULT NULL::character varying NOT NULL,
    place_id bigint NOT NULL,
    reason character varying(10) DEFAULT ''::character varying NOT NULL,
    bound_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    bound_by_id bigint,
    photo_id uuid,
    distance_m real,
    accuracy_m real,
    ended_at timestamp with time zone,
    end_reason character varying(10) DEFAULT NULL::character varying,
    CONSTRAINT qr_binding_end_has_reason CHECK (((ended_at IS NULL) = (end_reason IS NULL))),
    CONSTRAINT qr_binding_ends_after_start CHECK ((ended_at >= bound_at))
);
CREATE SEQUENCE public.qr_binding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.qr_binding_id_seq OWNED BY public.qr_binding.id;
CREATE TABLE public.qr_change (
    id bigint NOT NULL,
    code_id character varying(12) DEFAULT NULL::character varying NOT NULL,
    status character varying(10) DEFAULT ''::character varying NOT NULL,
    successor character varying(12) DEFAULT NULL::character varying,
    note text DEFAULT ''::text NOT NULL,
    changed_by_id bigint,
    changed_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE SEQUENCE public.qr_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.qr_change_id_seq OWNED BY public.qr_change.id;
CREATE TABLE public.qr_code (
    code character varying(12) DEFAULT ''::character varying NOT NULL,
    batch_id bigint NOT NULL,
    status character varying(10) DEFAULT 'unbound'::character varying NOT NULL,
    place_id bigint,
    successor_id character varying(12) DEFAULT NULL::character varying,
    anchor public.geography(Point,4326) DEFAULT NULL::public.geography,
    changed_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    scanned_at timestamp with time zone,
    CONSTRAINT qr_code_place_while_live CHECK ((((status)::text = ANY ((ARRAY['active'::character varying, 'damaged'::character varying])::text[])) = (place_id IS NOT NULL))),
    CONSTRAINT qr_code_shape CHECK (((code)::text ~ '^[0-9A-HJKMNP-TV-Z]{12}$'::text)),
    CONSTRAINT qr_code_status_known CHECK (((status)::text = ANY ((ARRAY['unbound'::character varying, 'active'::character varying, 'damaged'::character varying, 'replaced'::character varying, 'revoked'::character varying])::text[]))),
    CONSTRAINT qr_code_successor_is_another CHECK (((successor_id)::text <> (code)::text)),
    CONSTRAINT qr_code_successor_when_replaced CHECK ((((status)::text = 'replaced'::text) = (successor_id IS NOT NULL)))
);
CREATE TABLE public.qr_plate_check (
    id bigint NOT NULL,
    code_id character varying(12) DEFAULT NULL::character varying NOT NULL,
    far_scans integer DEFAULT 0 NOT NULL,
    distance_m real DEFAULT 0.0 NOT NULL,
    raised_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    settled_at timestamp with time zone,
    settled_by_id bigint,
    finding character varying(10) DEFAULT NULL::character varying
);
CREATE SEQUENCE public.qr_plate_check_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.qr_plate_check_id_seq OWNED BY public.qr_plate_check.id;
CREATE TABLE public.qr_scan (
    id bigint NOT NULL,
    code character varying(12) DEFAULT ''::character varying NOT NULL,
    account_id bigint,
    channel character varying(10) DEFAULT ''::character varying NOT NULL,
    grade character varying(10) DEFAULT ''::character varying NOT NULL,
    distance_m real,
    scanned_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE SEQUENCE public.qr_scan_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.qr_scan_id_seq OWNED BY public.qr_scan.id;
CREATE UNLOGGED TABLE public.quota_use (
    key character varying(120) DEFAULT ''::character varying NOT NULL,
    full_at timestamp with time zone NOT NULL,
    span_s double precision DEFAULT 0.0 NOT NULL,
    CONSTRAINT quota_use_span_is_time CHECK ((span_s > (0)::double precision))
);
CREATE TABLE public.report (
    id bigint NOT NULL,
    client_id character varying(64) DEFAULT ''::character varying NOT NULL,
    reporter_id bigint NOT NULL,
    order_id bigint NOT NULL,
    tracking_token character varying(32) DEFAULT ''::character varying NOT NULL,
    qr_code character varying(12) DEFAULT NULL::character varying,
    received_at timestamp with time zone NOT NULL,
    captured_at timestamp with time zone,
    description text DEFAULT ''::text NOT NULL,
    key_print character varying(32) DEFAULT NULL::character varying,
    CONSTRAINT report_client_id_long_enough CHECK ((length((client_id)::text) >= 8)),
    CONSTRAINT report_token_hard_to_guess CHECK ((length((tracking_token)::text) >= 22))
);
CREATE SEQUENCE public.report_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.report_id_seq OWNED BY public.report.id;
CREATE TABLE public.responsibility_rule (
    id bigint NOT NULL,
    item_id character varying(8) DEFAULT NULL::character varying,
    unit_type character varying(40) DEFAULT NULL::character varying,
    area_code character varying(12) DEFAULT ''::character varying NOT NULL,
    unit_id bigint NOT NULL,
    CONSTRAINT responsibility_rule_area_prefix CHECK (((area_code)::text ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'::text)),
    CONSTRAINT responsibility_rule_one_subject CHECK (((item_id IS NULL) <> (unit_type IS NULL)))
);
CREATE SEQUENCE public.responsibility_rule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.responsibility_rule_id_seq OWNED BY public.responsibility_rule.id;
CREATE TABLE public.road (
    id bigint NOT NULL,
    name character varying(100) DEFAULT NULL::character varying NOT NULL,
    area_id character varying(12) DEFAULT NULL::character varying NOT NULL,
    line public.geometry(MultiLineString,4326) DEFAULT NULL::public.geometry,
    is_demo boolean DEFAULT false NOT NULL,
    CONSTRAINT road_is_named CHECK ((btrim((name)::text) <> ''::text))
);
CREATE SEQUENCE public.road_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.road_id_seq OWNED BY public.road.id;
CREATE TABLE public.role_grant (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    role character varying(20) DEFAULT ''::character varying NOT NULL,
    area_code character varying(15) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT role_grant_area_prefix CHECK (((area_code)::text ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$'::text)),
    CONSTRAINT role_grant_role_known CHECK (((role)::text = ANY ((ARRAY['resident'::character varying, 'shop_owner'::character varying, 'volunteer'::character varying, 'inspector'::character varying, 'handler'::character varying, 'verifier'::character varying, 'dispatcher'::character varying, 'committee'::character varying, 'street_admin'::character varying, 'district_admin'::character varying])::text[])))
);
CREATE SEQUENCE public.role_grant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.role_grant_id_seq OWNED BY public.role_grant.id;
CREATE TABLE public.session (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    account_id bigint NOT NULL,
    refresh_hash bytea DEFAULT '\x'::bytea NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    rotated_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    user_agent character varying(120) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT session_ends_later CHECK ((expires_at > opened_at)),
    CONSTRAINT session_hash_is_sha256 CHECK ((octet_length(refresh_hash) = 32))
);
CREATE UNLOGGED TABLE public.sign_in_failure (
    key character varying(120) DEFAULT ''::character varying NOT NULL,
    failures integer DEFAULT 0 NOT NULL,
    failed_at timestamp with time zone NOT NULL,
    blocked_until timestamp with time zone NOT NULL,
    CONSTRAINT sign_in_failure_counted CHECK ((failures > 0))
);
CREATE TABLE public.sla_policy (
    id bigint NOT NULL,
    area_code character varying(15) DEFAULT ''::character varying NOT NULL,
    item_id character varying(8) DEFAULT NULL::character varying NOT NULL,
    respond_min integer,
    arrive_min integer,
    safe_min integer,
    resolve_min integer,
    verify_min integer,
    CONSTRAINT sla_policy_area_prefix CHECK (((area_code)::text ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$'::text)),
    CONSTRAINT sla_policy_positive CHECK (((respond_min > 0) AND (arrive_min > 0) AND (safe_min > 0) AND (resolve_min > 0) AND (verify_min > 0)))
);
CREATE SEQUENCE public.sla_policy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.sla_policy_id_seq OWNED BY public.sla_policy.id;
CREATE TABLE public.staff_position (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    point public.geography(Point,4326) DEFAULT NULL::public.geography NOT NULL,
    accuracy_m double precision,
    at timestamp with time zone NOT NULL,
    CONSTRAINT staff_position_accuracy_not_negative CHECK ((accuracy_m >= (0)::double precision))
);
CREATE SEQUENCE public.staff_position_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.staff_position_id_seq OWNED BY public.staff_position.id;
CREATE TABLE public.team (
    id bigint NOT NULL,
    unit_id bigint NOT NULL,
    code character varying(40) DEFAULT NULL::character varying NOT NULL,
    name_zh character varying(120) DEFAULT NULL::character varying NOT NULL,
    name_en character varying(120) DEFAULT NULL::character varying,
    CONSTRAINT team_code_said CHECK (((code)::text <> ''::text))
);
CREATE TABLE public.team_beat (
    id bigint NOT NULL,
    team_id bigint NOT NULL,
    grid_cell_id character varying(15) DEFAULT NULL::character varying NOT NULL
);
CREATE SEQUENCE public.team_beat_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.team_beat_id_seq OWNED BY public.team_beat.id;
CREATE SEQUENCE public.team_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.team_id_seq OWNED BY public.team.id;
CREATE TABLE public.team_member (
    id bigint NOT NULL,
    team_id bigint NOT NULL,
    account_id bigint NOT NULL
);
CREATE SEQUENCE public.team_member_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.team_member_id_seq OWNED BY public.team_member.id;
CREATE TABLE public.weather_mode (
    id bigint NOT NULL,
    area_code character varying(15) DEFAULT ''::character varying NOT NULL,
    level character varying(8) DEFAULT ''::character varying NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    CONSTRAINT weather_mode_area_prefix CHECK (((area_code)::text ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$'::text)),
    CONSTRAINT weather_mode_ends_later CHECK ((ends_at > starts_at)),
    CONSTRAINT weather_mode_level_known CHECK (((level)::text = ANY ((ARRAY['red'::character varying, 'orange'::character varying])::text[])))
);
CREATE SEQUENCE public.weather_mode_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.weather_mode_id_seq OWNED BY public.weather_mode.id;
CREATE TABLE public.work_order (
    id bigint NOT NULL,
    number character varying(24) DEFAULT ''::character varying NOT NULL,
    state character varying(12) DEFAULT ''::character varying NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    item_id character varying(8) DEFAULT NULL::character varying NOT NULL,
    priority character varying(2) DEFAULT ''::character varying NOT NULL,
    place_id bigint,
    area_code character varying(12) DEFAULT ''::character varying NOT NULL,
    grid_code character varying(15) DEFAULT ''::character varying NOT NULL,
    loc public.geography(Point,4326) DEFAULT NULL::public.geography NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    source_kind character varying(16) DEFAULT ''::character varying NOT NULL,
    opened_by_id bigint,
    unit_id bigint,
    handler_id bigint,
    opened_at timestamp with time zone NOT NULL,
    respond_by timestamp with time zone NOT NULL,
    resolve_by timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    arrived_at timestamp with time zone,
    finished_at timestamp with time zone,
    closed_at timestamp with time zone,
    rework_count integer DEFAULT 0 NOT NULL,
    rating integer,
    cancelled_at timestamp with time zone,
    hop_count integer DEFAULT 0 NOT NULL,
    made_safe_at timestamp with time zone,
    parent_id bigint,
    reopen_count integer DEFAULT 0 NOT NULL,
    supervisor_id bigint,
    arrive_by timestamp with time zone,
    clock_from timestamp with time zone,
    dispatched_at timestamp with time zone,
    ladder_at timestamp with time zone DEFAULT '-infinity'::timestamp with time zone,
    safe_by timestamp with time zone,
    verify_by timestamp with time zone,
    merged_into_id bigint,
    root_cause_of character varying(6) DEFAULT NULL::character varying,
    changed_version integer DEFAULT 1 NOT NULL,
    CONSTRAINT work_order_area_code CHECK (((area_code)::text ~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$'::text)),
    CONSTRAINT work_order_cancelled_has_time CHECK ((((state)::text = 'cancelled'::text) = (cancelled_at IS NOT NULL))),
    CONSTRAINT work_order_closed_has_time CHECK ((((state)::text = 'closed'::text) = (closed_at IS NOT NULL))),
    CONSTRAINT work_order_deadlines_later CHECK (((respond_by >= opened_at) AND (resolve_by >= opened_at))),
    CONSTRAINT work_order_merged_has_survivor CHECK ((((state)::text = 'merged'::text) = (merged_into_id IS NOT NULL))),
    CONSTRAINT work_order_moves_counted CHECK (((hop_count >= 0) AND (reopen_count = ANY (ARRAY[0, 1])))),
    CONSTRAINT work_order_not_its_own_parent CHECK ((parent_id <> id)),
    CONSTRAINT work_order_not_merged_into_itself CHECK ((merged_into_id <> id)),
    CONSTRAINT work_order_priority_known CHECK (((priority)::text ~ '^P[0-4]$'::text)),
    CONSTRAINT work_order_rating_range CHECK (((rating >= 1) AND (rating <= 5))),
    CONSTRAINT work_order_rework_counted CHECK ((rework_count >= 0)),
    CONSTRAINT work_order_root_cause_of_a_place CHECK (((root_cause_of IS NULL) OR (place_id IS NOT NULL))),
    CONSTRAINT work_order_state_known CHECK (((state)::text = ANY ((ARRAY['dispatched'::character varying, 'accepted'::character varying, 'on_site'::character varying, 'handled'::character varying, 'suspended'::character varying, 'closed'::character varying, 'cancelled'::character varying, 'merged'::character varying])::text[]))),
    CONSTRAINT work_order_taken_has_handler CHECK ((((state)::text = ANY ((ARRAY['dispatched'::character varying, 'cancelled'::character varying, 'merged'::character varying])::text[])) OR (handler_id IS NOT NULL)))
);
CREATE SEQUENCE public.work_order_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.work_order_id_seq OWNED BY public.work_order.id;
CREATE TABLE public.worker (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    started_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    beat_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    places integer DEFAULT 0 NOT NULL,
    running integer DEFAULT 0 NOT NULL
);
ALTER TABLE ONLY public.account ALTER COLUMN id SET DEFAULT nextval('public.account_id_seq'::regclass);
ALTER TABLE ONLY public.calendar_day ALTER COLUMN id SET DEFAULT nextval('public.calendar_day_id_seq'::regclass);
ALTER TABLE ONLY public.check_in ALTER COLUMN id SET DEFAULT nextval('public.check_in_id_seq'::regclass);
ALTER TABLE ONLY public.clock_window ALTER COLUMN id SET DEFAULT nextval('public.clock_window_id_seq'::regclass);
ALTER TABLE ONLY public.duplicate_rule ALTER COLUMN id SET DEFAULT nextval('public.duplicate_rule_id_seq'::regclass);
ALTER TABLE ONLY public.duty_shift ALTER COLUMN id SET DEFAULT nextval('public.duty_shift_id_seq'::regclass);
ALTER TABLE ONLY public.escalation ALTER COLUMN id SET DEFAULT nextval('public.escalation_id_seq'::regclass);
ALTER TABLE ONLY public.escalation_rung ALTER COLUMN id SET DEFAULT nextval('public.escalation_rung_id_seq'::regclass);
ALTER TABLE ONLY public.event_log ALTER COLUMN id SET DEFAULT nextval('public.event_log_id_seq'::regclass);
ALTER TABLE ONLY public.follow_up ALTER COLUMN id SET DEFAULT nextval('public.follow_up_id_seq'::regclass);
ALTER TABLE ONLY public.message ALTER COLUMN id SET DEFAULT nextval('public.message_id_seq'::regclass);
ALTER TABLE ONLY public.migration ALTER COLUMN id SET DEFAULT nextval('public.migration_id_seq'::regclass);
ALTER TABLE ONLY public.named_duty ALTER COLUMN id SET DEFAULT nextval('public.named_duty_id_seq'::regclass);
ALTER TABLE ONLY public.order_follower ALTER COLUMN id SET DEFAULT nextval('public.order_follower_id_seq'::regclass);
ALTER TABLE ONLY public.order_pause ALTER COLUMN id SET DEFAULT nextval('public.order_pause_id_seq'::regclass);
ALTER TABLE ONLY public.order_request ALTER COLUMN id SET DEFAULT nextval('public.order_request_id_seq'::regclass);
ALTER TABLE ONLY public.order_step ALTER COLUMN id SET DEFAULT nextval('public.order_step_id_seq'::regclass);
ALTER TABLE ONLY public.order_verdict ALTER COLUMN id SET DEFAULT nextval('public.order_verdict_id_seq'::regclass);
ALTER TABLE ONLY public.org_unit ALTER COLUMN id SET DEFAULT nextval('public.org_unit_id_seq'::regclass);
ALTER TABLE ONLY public.pgqueuer ALTER COLUMN id SET DEFAULT nextval('public.pgqueuer_id_seq'::regclass);
ALTER TABLE ONLY public.pgqueuer_schedules ALTER COLUMN id SET DEFAULT nextval('public.pgqueuer_schedules_id_seq'::regclass);
ALTER TABLE ONLY public.pgqueuer_statistics ALTER COLUMN id SET DEFAULT nextval('public.pgqueuer_statistics_id_seq'::regclass);
ALTER TABLE ONLY public.photo_act ALTER COLUMN id SET DEFAULT nextval('public.photo_act_id_seq'::regclass);
ALTER TABLE ONLY public.photo_attachment ALTER COLUMN id SET DEFAULT nextval('public.photo_attachment_id_seq'::regclass);
ALTER TABLE ONLY public.photo_match ALTER COLUMN id SET DEFAULT nextval('public.photo_match_id_seq'::regclass);
ALTER TABLE ONLY public.place ALTER COLUMN id SET DEFAULT nextval('public.place_id_seq'::regclass);
ALTER TABLE ONLY public.qr_batch ALTER COLUMN id SET DEFAULT nextval('public.qr_batch_id_seq'::regclass);
ALTER TABLE ONLY public.qr_binding ALTER COLUMN id SET DEFAULT nextval('public.qr_binding_id_seq'::regclass);
ALTER TABLE ONLY public.qr_change ALTER COLUMN id SET DEFAULT nextval('public.qr_change_id_seq'::regclass);
ALTER TABLE ONLY public.qr_plate_check ALTER COLUMN id SET DEFAULT nextval('public.qr_plate_check_id_seq'::regclass);
ALTER TABLE ONLY public.qr_scan ALTER COLUMN id SET DEFAULT nextval('public.qr_scan_id_seq'::regclass);
ALTER TABLE ONLY public.report ALTER COLUMN id SET DEFAULT nextval('public.report_id_seq'::regclass);
ALTER TABLE ONLY public.responsibility_rule ALTER COLUMN id SET DEFAULT nextval('public.responsibility_rule_id_seq'::regclass);
ALTER TABLE ONLY public.road ALTER COLUMN id SET DEFAULT nextval('public.road_id_seq'::regclass);
ALTER TABLE ONLY public.role_grant ALTER COLUMN id SET DEFAULT nextval('public.role_grant_id_seq'::regclass);
ALTER TABLE ONLY public.sla_policy ALTER COLUMN id SET DEFAULT nextval('public.sla_policy_id_seq'::regclass);
ALTER TABLE ONLY public.staff_position ALTER COLUMN id SET DEFAULT nextval('public.staff_position_id_seq'::regclass);
ALTER TABLE ONLY public.team ALTER COLUMN id SET DEFAULT nextval('public.team_id_seq'::regclass);
ALTER TABLE ONLY public.team_beat ALTER COLUMN id SET DEFAULT nextval('public.team_beat_id_seq'::regclass);
ALTER TABLE ONLY public.team_member ALTER COLUMN id SET DEFAULT nextval('public.team_member_id_seq'::regclass);
ALTER TABLE ONLY public.weather_mode ALTER COLUMN id SET DEFAULT nextval('public.weather_mode_id_seq'::regclass);
ALTER TABLE ONLY public.work_order ALTER COLUMN id SET DEFAULT nextval('public.work_order_id_seq'::regclass);
INSERT INTO public.duplicate_rule VALUES (1, '', 30, 4320, 1440);
INSERT INTO public.duplicate_rule VALUES (2, 'A1', 30, 240, 60);
INSERT INTO public.duplicate_rule VALUES (3, 'A2', 30, 480, 120);
INSERT INTO public.duplicate_rule VALUES (4, 'A5', 50, 43200, 2880);
INSERT INTO public.duplicate_rule VALUES (5, 'B1', 30, 4320, 240);
INSERT INTO public.duplicate_rule VALUES (6, 'B2', 30, 4320, 240);
INSERT INTO public.duplicate_rule VALUES (7, 'B3', 50, 43200, 1440);
INSERT INTO public.duplicate_rule VALUES (8, 'B4', 50, 4320, 240);
INSERT INTO public.duplicate_rule VALUES (9, 'B103', 0, 0, 0);
INSERT INTO public.duplicate_rule VALUES (10, 'B302', 0, 0, 0);
INSERT INTO public.duplicate_rule VALUES (11, 'B401', 0, 0, 0);
INSERT INTO public.duplicate_rule VALUES (12, 'C', 0, 0, 0);
INSERT INTO public.migration VALUES (1, '2026-11-27T05:28:11:290672', 'jobs', '2026-11-27 08:56:16.735301');
INSERT INTO public.migration VALUES (2, '2026-11-22T01:35:03:457909', 'events', '2026-11-27 08:56:16.765624');
INSERT INTO public.migration VALUES (3, '2026-11-22T01:45:00:000000', 'events', '2026-11-27 08:56:16.789799');
INSERT INTO public.migration VALUES (4, '2026-11-27T06:05:00:000000', 'quotas', '2026-11-27 08:56:16.808176');
INSERT INTO public.migration VALUES (5, '2026-11-27T06:06:00:000000', 'quotas', '2026-11-27 08:56:16.832377');
INSERT INTO public.migration VALUES (6, '2026-11-22T01:32:06:407918', 'accounts', '2026-11-27 08:56:16.892578');
INSERT INTO public.migration VALUES (7, '2026-11-22T01:40:00:000000', 'accounts', '2026-11-27 08:56:16.913647');
INSERT INTO public.migration VALUES (8, '2026-11-25T03:20:00:000000', 'accounts', '2026-11-27 08:56:16.943879');
INSERT INTO public.migration VALUES (9, '2026-11-25T03:22:00:000000', 'accounts', '2026-11-27 08:56:16.957638');
INSERT INTO public.migration VALUES (10, '2026-11-27T05:15:00:000000', 'accounts', '2026-11-27 08:56:16.983401');
INSERT INTO public.migration VALUES (11, '2026-11-27T06:07:00:000000', 'accounts', '2026-11-27 08:56:17.018183');
INSERT INTO public.migration VALUES (12, '2026-11-27T06:08:00:000000', 'accounts', '2026-11-27 08:56:17.031875');
INSERT INTO public.migration VALUES (13, '2026-11-27T07:00:00:000000', 'accounts', '2026-11-27 08:56:17.060906');
INSERT INTO public.migration VALUES (14, '2026-11-27T07:10:00:000000', 'accounts', '2026-11-27 08:56:17.077504');
INSERT INTO public.migration VALUES (15, '2026-11-22T01:31:54:161472', 'places', '2026-11-27 08:56:17.213819');
INSERT INTO public.migration VALUES (16, '2026-11-22T01:40:00:000000', 'places', '2026-11-27 08:56:17.265234');
INSERT INTO public.migration VALUES (17, '2026-11-25T03:40:00:629361', 'places', '2026-11-27 08:56:17.289695');
INSERT INTO public.migration VALUES (18, '2026-11-25T03:41:00:000000', 'places', '2026-11-27 08:56:17.305746');
INSERT INTO public.migration VALUES (19, '2026-11-25T03:42:00:000000', 'places', '2026-11-27 08:56:17.314998');
INSERT INTO public.migration VALUES (20, '2026-11-25T03:43:00:000000', 'places', '2026-11-27 08:56:17.336124');
INSERT INTO public.migration VALUES (21, '2026-11-27T05:30:00:000000', 'places', '2026-11-27 08:56:17.357852');
INSERT INTO public.migration VALUES (22, '2026-11-27T05:31:00:000000', 'places', '2026-11-27 08:56:17.375574');
INSERT INTO public.migration VALUES (23, '2026-11-27T07:00:00:000000', 'places', '2026-11-27 08:56:17.412957');
INSERT INTO public.migration VALUES (24, '2026-11-22T02:14:11:491840', 'calendars', '2026-11-27 08:56:17.442877');
INSERT INTO public.migration VALUES (25, '2026-11-22T02:25:00:000000', 'calendars', '2026-11-27 08:56:17.44627');
INSERT INTO public.migration VALUES (26, '2026-11-22T01:35:04:804354', 'items', '2026-11-27 08:56:17.501661');
INSERT INTO public.migration VALUES (27, '2026-11-22T01:45:00:000000', 'items', '2026-11-27 08:56:17.517638');
INSERT INTO public.migration VALUES (28, '2026-11-22T02:14:15:650082', 'items', '2026-11-27 08:56:17.549885');
INSERT INTO public.migration VALUES (29, '2026-11-22T02:25:00:000000', 'items', '2026-11-27 08:56:17.559637');
INSERT INTO public.migration VALUES (30, '2026-11-27T07:00:00:000000', 'items', '2026-11-27 08:56:17.569822');
INSERT INTO public.migration VALUES (31, '2026-11-22T01:34:03:037114', 'media', '2026-11-27 08:56:17.598035');
INSERT INTO public.migration VALUES (32, '2026-11-22T01:40:00:000000', 'media', '2026-11-27 08:56:17.614109');
INSERT INTO public.migration VALUES (33, '2026-11-22T01:43:32:626672', 'media', '2026-11-27 08:56:17.666259');
INSERT INTO public.migration VALUES (34, '2026-11-22T01:52:00:150607', 'media', '2026-11-27 08:56:17.673074');
INSERT INTO public.migration VALUES (35, '2026-11-22T02:00:00:000000', 'media', '2026-11-27 08:56:17.681607');
INSERT INTO public.migration VALUES (36, '2026-11-22T02:30:00:000000', 'media', '2026-11-27 08:56:17.690688');
INSERT INTO public.migration VALUES (37, '2026-11-22T03:40:00:000000', 'media', '2026-11-27 08:56:17.691654');
INSERT INTO public.migration VALUES (38, '2026-11-25T03:40:00:000000', 'media', '2026-11-27 08:56:17.692304');
INSERT INTO public.migration VALUES (39, '2026-11-25T03:41:00:000000', 'media', '2026-11-27 08:56:17.692816');
INSERT INTO public.migration VALUES (40, '2026-11-25T03:50:00:000000', 'media', '2026-11-27 08:56:17.693694');
INSERT INTO public.migration VALUES (41, '2026-11-25T03:51:00:000000', 'media', '2026-11-27 08:56:17.697492');
INSERT INTO public.migration VALUES (42, '2026-11-27T05:20:00:000000', 'media', '2026-11-27 08:56:17.706236');
INSERT INTO public.migration VALUES (43, '2026-11-27T05:21:00:000000', 'media', '2026-11-27 08:56:17.707443');
INSERT INTO public.migration VALUES (44, '2026-11-27T05:50:00:000000', 'media', '2026-11-27 08:56:17.710897');
INSERT INTO public.migration VALUES (45, '2026-11-27T05:51:00:000000', 'media', '2026-11-27 08:56:17.716124');
INSERT INTO public.migration VALUES (46, '2026-11-27T05:52:00:000000', 'media', '2026-11-27 08:56:17.730252');
INSERT INTO public.migration VALUES (47, '2026-11-27T07:00:00:000000', 'media', '2026-11-27 08:56:17.731977');
INSERT INTO public.migration VALUES (48, '2026-11-22T01:35:09:342643', 'push', '2026-11-27 08:56:17.752999');
INSERT INTO public.migration VALUES (49, '2026-11-22T01:45:00:000000', 'push', '2026-11-27 08:56:17.761361');
INSERT INTO public.migration VALUES (50, '2026-11-22T03:20:00:000000', 'push', '2026-11-27 08:56:17.763164');
INSERT INTO public.migration VALUES (51, '2026-11-22T01:50:00:000001', 'qr', '2026-11-27 08:56:17.822227');
INSERT INTO public.migration VALUES (52, '2026-11-22T01:50:00:000002', 'qr', '2026-11-27 08:56:17.831591');
INSERT INTO public.migration VALUES (53, '2026-11-27T07:00:00:000000', 'qr', '2026-11-27 08:56:17.847086');
INSERT INTO public.migration VALUES (54, '2026-11-25T03:21:00:000000', 'duty', '2026-11-27 08:56:17.89702');
INSERT INTO public.migration VALUES (55, '2026-11-25T03:23:00:000000', 'duty', '2026-11-27 08:56:17.916672');
INSERT INTO public.migration VALUES (56, '2026-11-27T07:00:00:000000', 'duty', '2026-11-27 08:56:17.924362');
INSERT INTO public.migration VALUES (57, '2026-11-27T07:11:00:000000', 'duty', '2026-11-27 08:56:17.929702');
INSERT INTO public.migration VALUES (58, '2026-11-27T07:12:00:000000', 'duty', '2026-11-27 08:56:17.94647');
INSERT INTO public.migration VALUES (59, '2026-11-22T01:36:52:966312', 'orders', '2026-11-27 08:56:17.99784');
INSERT INTO public.migration VALUES (60, '2026-11-22T01:45:00:000000', 'orders', '2026-11-27 08:56:18.016943');
INSERT INTO public.migration VALUES (61, '2026-11-22T02:10:11:355026', 'orders', '2026-11-27 08:56:18.080454');
INSERT INTO public.migration VALUES (62, '2026-11-22T02:14:18:369509', 'orders', '2026-11-27 08:56:18.134174');
INSERT INTO public.migration VALUES (63, '2026-11-22T02:15:00:000000', 'orders', '2026-11-27 08:56:18.153754');
INSERT INTO public.migration VALUES (64, '2026-11-22T02:25:00:000000', 'orders', '2026-11-27 08:56:18.160342');
INSERT INTO public.migration VALUES (65, '2026-11-22T02:26:00:000000', 'orders', '2026-11-27 08:56:18.1668');
INSERT INTO public.migration VALUES (66, '2026-11-22T02:32:58:082279', 'orders', '2026-11-27 08:56:18.208734');
INSERT INTO public.migration VALUES (67, '2026-11-22T02:40:00:000000', 'orders', '2026-11-27 08:56:18.220465');
INSERT INTO public.migration VALUES (68, '2026-11-22T02:41:00:000000', 'orders', '2026-11-27 08:56:18.239602');
INSERT INTO public.migration VALUES (69, '2026-11-25T03:10:00:000000', 'orders', '2026-11-27 08:56:18.242403');
INSERT INTO public.migration VALUES (70, '2026-11-25T03:24:00:000000', 'orders', '2026-11-27 08:56:18.245771');
INSERT INTO public.migration VALUES (71, '2026-11-25T03:40:00:085915', 'orders', '2026-11-27 08:56:18.260448');
INSERT INTO public.migration VALUES (72, '2026-11-25T03:41:00:000000', 'orders', '2026-11-27 08:56:18.271415');
INSERT INTO public.migration VALUES (73, '2026-11-25T03:42:00:000000', 'orders', '2026-11-27 08:56:18.272709');
INSERT INTO public.migration VALUES (74, '2026-11-25T03:43:00:000000', 'orders', '2026-11-27 08:56:18.282744');
INSERT INTO public.migration VALUES (75, '2026-11-25T04:00:00:000000', 'orders', '2026-11-27 08:56:18.297745');
INSERT INTO public.migration VALUES (76, '2026-11-25T06:20:00:000000', 'orders', '2026-11-27 08:56:18.304665');
INSERT INTO public.migration VALUES (77, '2026-11-25T07:10:00:000000', 'orders', '2026-11-27 08:56:18.314467');
INSERT INTO public.migration VALUES (78, '2026-11-27T05:20:00:000000', 'orders', '2026-11-27 08:56:18.318894');
INSERT INTO public.migration VALUES (79, '2026-11-27T05:21:00:000000', 'orders', '2026-11-27 08:56:18.341722');
INSERT INTO public.migration VALUES (80, '2026-11-27T06:00:22:832572', 'orders', '2026-11-27 08:56:18.35791');
INSERT INTO public.migration VALUES (81, '2026-11-27T06:02:00:000000', 'orders', '2026-11-27 08:56:18.373764');
INSERT INTO public.migration VALUES (82, '2026-11-27T07:00:00:000000', 'orders', '2026-11-27 08:56:18.386625');
INSERT INTO public.migration VALUES (83, '2026-11-22T01:35:07:848058', 'reports', '2026-11-27 08:56:18.419265');
INSERT INTO public.migration VALUES (84, '2026-11-22T01:45:00:000000', 'reports', '2026-11-27 08:56:18.42622');
INSERT INTO public.migration VALUES (85, '2026-11-22T02:33:04:636215', 'reports', '2026-11-27 08:56:18.450065');
INSERT INTO public.migration VALUES (86, '2026-11-22T02:40:00:000000', 'reports', '2026-11-27 08:56:18.457737');
INSERT INTO public.migration VALUES (87, '2026-11-22T02:41:00:000000', 'reports', '2026-11-27 08:56:18.458961');
INSERT INTO public.migration VALUES (88, '2026-11-27T05:20:00:000000', 'reports', '2026-11-27 08:56:18.470181');
INSERT INTO public.migration VALUES (89, '2026-11-27T05:21:00:000000', 'reports', '2026-11-27 08:56:18.471577');
INSERT INTO public.migration VALUES (90, '2026-11-27T07:20:00:000000', 'accounts', '2026-11-27 08:56:28.921608');
INSERT INTO public.migration VALUES (91, '2026-11-27T07:20:00:000000', 'places', '2026-11-27 08:56:28.942904');
INSERT INTO public.migration VALUES (92, '2026-11-27T07:20:00:000000', 'items', '2026-11-27 08:56:28.969652');
INSERT INTO public.migration VALUES (93, '2026-11-27T07:20:00:000000', 'media', '2026-11-27 08:56:28.995322');
INSERT INTO public.migration VALUES (94, '2026-11-27T07:20:00:000000', 'qr', '2026-11-27 08:56:29.014471');
INSERT INTO public.migration VALUES (95, '2026-11-27T07:20:00:000000', 'duty', '2026-11-27 08:56:29.034372');
INSERT INTO public.migration VALUES (96, '2026-11-27T07:20:00:000000', 'orders', '2026-11-27 08:56:29.051788');
SELECT pg_catalog.setval('public.account_id_seq', 1, false);
SELECT pg_catalog.setval('public.calendar_day_id_seq', 1, false);
SELECT pg_catalog.setval('public.check_in_id_seq', 1, false);
SELECT pg_catalog.setval('public.clock_window_id_seq', 1, false);
SELECT pg_catalog.setval('public.duplicate_rule_id_seq', 12, true);
SELECT pg_catalog.setval('public.duty_shift_id_seq', 1, false);
SELECT pg_catalog.setval('public.escalation_id_seq', 1, false);
SELECT pg_catalog.setval('public.escalation_rung_id_seq', 1, false);
SELECT pg_catalog.setval('public.event_log_id_seq', 1, false);
SELECT pg_catalog.setval('public.follow_up_id_seq', 1, false);
SELECT pg_catalog.setval('public.message_id_seq', 1, false);
SELECT pg_catalog.setval('public.migration_id_seq', 96, true);
SELECT pg_catalog.setval('public.named_duty_id_seq', 1, false);
SELECT pg_catalog.setval('public.order_follower_id_seq', 1, false);
SELECT pg_catalog.setval('public.order_pause_id_seq', 1, false);
SELECT pg_catalog.setval('public.order_request_id_seq', 1, false);
SELECT pg_catalog.setval('public.order_step_id_seq', 1, false);
SELECT pg_catalog.setval('public.order_verdict_id_seq', 1, false);
SELECT pg_catalog.setval('public.org_unit_id_seq', 1, false);
SELECT pg_catalog.setval('public.pgqueuer_id_seq', 1, false);
SELECT pg_catalog.setval('public.pgqueuer_log_id_seq', 1, false);
SELECT pg_catalog.setval('public.pgqueuer_schedules_id_seq', 1, false);
SELECT pg_catalog.setval('public.pgqueuer_statistics_id_seq', 1, false);
SELECT pg_catalog.setval('public.photo_act_id_seq', 1, false);
SELECT pg_catalog.setval('public.photo_attachment_id_seq', 1, false);
SELECT pg_catalog.setval('public.photo_match_id_seq', 1, false);
SELECT pg_catalog.setval('public.place_id_seq', 1, false);
SELECT pg_catalog.setval('public.qr_batch_id_seq', 1, false);
SELECT pg_catalog.setval('public.qr_binding_id_seq', 1, false);
SELECT pg_catalog.setval('public.qr_change_id_seq', 1, false);
SELECT pg_catalog.setval('public.qr_plate_check_id_seq', 1, false);
SELECT pg_catalog.setval('public.qr_scan_id_seq', 1, false);
SELECT pg_catalog.setval('public.report_id_seq', 1, false);
SELECT pg_catalog.setval('public.responsibility_rule_id_seq', 1, false);
SELECT pg_catalog.setval('public.road_id_seq', 1, false);
SELECT pg_catalog.setval('public.role_grant_id_seq', 1, false);
SELECT pg_catalog.setval('public.sla_policy_id_seq', 1, false);
SELECT pg_catalog.setval('public.staff_position_id_seq', 1, false);
SELECT pg_catalog.setval('public.team_beat_id_seq', 1, false);
SELECT pg_catalog.setval('public.team_id_seq', 1, false);
SELECT pg_catalog.setval('public.team_member_id_seq', 1, false);
SELECT pg_catalog.setval('public.weather_mode_id_seq', 1, false);
SELECT pg_catalog.setval('public.work_order_id_seq', 1, false);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_username_key UNIQUE (username);
ALTER TABLE ONLY public.area
    ADD CONSTRAINT area_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.calendar_day
    ADD CONSTRAINT calendar_day_once UNIQUE (area_code, on_date);
ALTER TABLE ONLY public.calendar_day
    ADD CONSTRAINT calendar_day_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.check_in
    ADD CONSTRAINT check_in_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.check_in
    ADD CONSTRAINT check_in_step_id_key UNIQUE (step_id);
ALTER TABLE ONLY public.clock_window
    ADD CONSTRAINT clock_window_opens_once UNIQUE (area_code, clock, opens_min);
ALTER TABLE ONLY public.clock_window
    ADD CONSTRAINT clock_window_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duplicate_rule
    ADD CONSTRAINT duplicate_rule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duplicate_rule
    ADD CONSTRAINT duplicate_rule_prefix_key UNIQUE (prefix);
ALTER TABLE ONLY public.duty_shift
    ADD CONSTRAINT duty_shift_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_shift
    ADD CONSTRAINT duty_shift_starts_once UNIQUE (account_id, unit_id, area_code, starts_at);
ALTER TABLE ONLY public.escalation
    ADD CONSTRAINT escalation_once UNIQUE (order_id, stage, rung_id, round_at);
ALTER TABLE ONLY public.escalation
    ADD CONSTRAINT escalation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.escalation_rung
    ADD CONSTRAINT escalation_rung_once UNIQUE (area_code, item_prefix, stage, at_percent, who);
ALTER TABLE ONLY public.escalation_rung
    ADD CONSTRAINT escalation_rung_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.event_log
    ADD CONSTRAINT event_log_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.follow_up
    ADD CONSTRAINT follow_up_order_id_key UNIQUE (order_id);
ALTER TABLE ONLY public.follow_up
    ADD CONSTRAINT follow_up_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.grid_cell
    ADD CONSTRAINT grid_cell_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.item
    ADD CONSTRAINT item_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_told_once UNIQUE (account_id, event_id);
ALTER TABLE ONLY public.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.named_duty
    ADD CONSTRAINT named_duty_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_follower
    ADD CONSTRAINT order_follower_once UNIQUE (order_id, account_id, origin_id);
ALTER TABLE ONLY public.order_follower
    ADD CONSTRAINT order_follower_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_pause
    ADD CONSTRAINT order_pause_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_request
    ADD CONSTRAINT order_request_pkey PRIMARY KEY (id);
ALTER TABLE public.order_step
    ADD CONSTRAINT order_step_key_print_hex CHECK (((key_print)::text ~ '^[0-9a-f]{32}$'::text)) NOT VALID;
ALTER TABLE ONLY public.order_step
    ADD CONSTRAINT order_step_pkey PRIMARY KEY (id);
ALTER TABLE public.order_step
    ADD CONSTRAINT order_step_print_of_key CHECK (((key_print IS NULL) OR (idempotency_key IS NOT NULL))) NOT VALID;
ALTER TABLE ONLY public.order_verdict
    ADD CONSTRAINT order_verdict_once UNIQUE (order_id, account_id, round, kind);
ALTER TABLE ONLY public.order_verdict
    ADD CONSTRAINT order_verdict_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_verdict
    ADD CONSTRAINT order_verdict_step_id_key UNIQUE (step_id);
ALTER TABLE ONLY public.org_unit
    ADD CONSTRAINT org_unit_code_key UNIQUE (code);
ALTER TABLE ONLY public.org_unit
    ADD CONSTRAINT org_unit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pgqueuer_log
    ADD CONSTRAINT pgqueuer_log_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pgqueuer
    ADD CONSTRAINT pgqueuer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pgqueuer_schedules
    ADD CONSTRAINT pgqueuer_schedules_expression_entrypoint_key UNIQUE (expression, entrypoint);
ALTER TABLE ONLY public.pgqueuer_schedules
    ADD CONSTRAINT pgqueuer_schedules_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pgqueuer_statistics
    ADD CONSTRAINT pgqueuer_statistics_pkey PRIMARY KEY (id);
ALTER TABLE public.photo_act
    ADD CONSTRAINT photo_act_has_reason CHECK ((((act)::text <> ALL ((ARRAY['read_original'::character varying, 'redact'::character varying, 'release'::character varying, 'withhold'::character varying])::text[])) OR (length(btrim((reason)::text)) >= 2))) NOT VALID;
ALTER TABLE ONLY public.photo_act
    ADD CONSTRAINT photo_act_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.photo_attachment
    ADD CONSTRAINT photo_attachment_photo_once UNIQUE (photo_id);
ALTER TABLE ONLY public.photo_attachment
    ADD CONSTRAINT photo_attachment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.photo_match
    ADD CONSTRAINT photo_match_pair_once UNIQUE (photo_id, earlier_id);
ALTER TABLE ONLY public.photo_match
    ADD CONSTRAINT photo_match_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.photo
    ADD CONSTRAINT photo_owner_client_key_once UNIQUE (owner_id, client_key);
ALTER TABLE ONLY public.photo
    ADD CONSTRAINT photo_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.photo_upload
    ADD CONSTRAINT photo_upload_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.place
    ADD CONSTRAINT place_dataset_key_unique UNIQUE (dataset, source_key);
ALTER TABLE ONLY public.place
    ADD CONSTRAINT place_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.qr_batch
    ADD CONSTRAINT qr_batch_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.qr_binding
    ADD CONSTRAINT qr_binding_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.qr_change
    ADD CONSTRAINT qr_change_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.qr_code
    ADD CONSTRAINT qr_code_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.qr_plate_check
    ADD CONSTRAINT qr_plate_check_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.qr_scan
    ADD CONSTRAINT qr_scan_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.quota_use
    ADD CONSTRAINT quota_use_pkey PRIMARY KEY (key);
ALTER TABLE public.report
    ADD CONSTRAINT report_key_print_hex CHECK (((key_print)::text ~ '^[0-9a-f]{32}$'::text)) NOT VALID;
ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_sent_once UNIQUE (reporter_id, client_id);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_tracking_token_key UNIQUE (tracking_token);
ALTER TABLE ONLY public.responsibility_rule
    ADD CONSTRAINT responsibility_rule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.road
    ADD CONSTRAINT road_area_name_unique UNIQUE (area_id, name);
ALTER TABLE ONLY public.road
    ADD CONSTRAINT road_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.role_grant
    ADD CONSTRAINT role_grant_held_once UNIQUE (account_id, role, area_code);
ALTER TABLE ONLY public.role_grant
    ADD CONSTRAINT role_grant_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sign_in_failure
    ADD CONSTRAINT sign_in_failure_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.sla_policy
    ADD CONSTRAINT sla_policy_once UNIQUE (item_id, area_code);
ALTER TABLE ONLY public.sla_policy
    ADD CONSTRAINT sla_policy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.staff_position
    ADD CONSTRAINT staff_position_account_id_key UNIQUE (account_id);
ALTER TABLE ONLY public.staff_position
    ADD CONSTRAINT staff_position_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.team_beat
    ADD CONSTRAINT team_beat_once UNIQUE (grid_cell_id, team_id);
ALTER TABLE ONLY public.team_beat
    ADD CONSTRAINT team_beat_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.team
    ADD CONSTRAINT team_code_once UNIQUE (unit_id, code);
ALTER TABLE ONLY public.team_member
    ADD CONSTRAINT team_member_once UNIQUE (account_id, team_id);
ALTER TABLE ONLY public.team_member
    ADD CONSTRAINT team_member_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.team
    ADD CONSTRAINT team_of_its_unit UNIQUE (id, unit_id);
ALTER TABLE ONLY public.team
    ADD CONSTRAINT team_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.weather_mode
    ADD CONSTRAINT weather_mode_pkey PRIMARY KEY (id);
ALTER TABLE public.work_order
    ADD CONSTRAINT work_order_changed_by_now CHECK (((changed_version >= 1) AND (changed_version <= version))) NOT VALID;
ALTER TABLE ONLY public.work_order
    ADD CONSTRAINT work_order_number_key UNIQUE (number);
ALTER TABLE ONLY public.work_order
    ADD CONSTRAINT work_order_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.worker
    ADD CONSTRAINT worker_pkey PRIMARY KEY (id);
CREATE INDEX account_by_unit ON public.account USING btree (unit_id) WHERE (unit_id IS NOT NULL);
CREATE INDEX area_code_prefix ON public.area USING btree (code varchar_pattern_ops);
CREATE INDEX area_polygon ON public.area USING gist (polygon);
CREATE INDEX check_in_fixes ON public.check_in USING btree (fixed_at, id) WHERE (fixed_at IS NOT NULL);
CREATE INDEX check_in_order_id ON public.check_in USING btree (order_id);
CREATE INDEX duty_shift_by_unit_and_area ON public.duty_shift USING btree (unit_id, area_code, starts_at);
CREATE INDEX duty_shift_by_unit_and_end ON public.duty_shift USING btree (unit_id, COALESCE(ends_at, 'infinity'::timestamp with time zone));
CREATE INDEX escalation_by_rung ON public.escalation USING btree (rung_id);
CREATE INDEX event_log_by_subject ON public.event_log USING btree (subject, subject_id, id);
CREATE INDEX follow_up_called ON public.follow_up USING btree (called_at, id) WHERE ((result)::text = ANY ((ARRAY['satisfied'::character varying, 'unsatisfied'::character varying, 'refused'::character varying])::text[]));
CREATE INDEX follow_up_to_call ON public.follow_up USING btree (listed_at, id) WHERE ((result IS NULL) OR ((result)::text = 'unreached'::text));
CREATE INDEX follow_up_waiting ON public.follow_up USING btree (listed_at, id) WHERE (result IS NULL);
CREATE INDEX grid_cell_area_id ON public.grid_cell USING btree (area_id);
CREATE INDEX grid_cell_code_prefix ON public.grid_cell USING btree (code varchar_pattern_ops);
CREATE INDEX grid_cell_polygon ON public.grid_cell USING gist (polygon);
CREATE INDEX message_by_event ON public.message USING btree (event_id);
CREATE INDEX message_unread ON public.message USING btree (account_id) WHERE (read_at IS NULL);
CREATE INDEX named_duty_by_account ON public.named_duty USING btree (account_id);
CREATE UNIQUE INDEX named_duty_once ON public.named_duty USING btree (unit_id, COALESCE(item_id, ''::character varying), COALESCE(team_id, (0)::bigint), COALESCE(area_code, ''::character varying));
CREATE INDEX order_follower_by_account ON public.order_follower USING btree (account_id, order_id);
CREATE INDEX order_pause_by_order ON public.order_pause USING btree (order_id, starts_at);
CREATE UNIQUE INDEX order_pause_open_once ON public.order_pause USING btree (order_id) WHERE (((kind)::text = 'suspension'::text) AND (ends_at IS NULL));
CREATE INDEX order_request_by_order ON public.order_request USING btree (order_id, id);
CREATE UNIQUE INDEX order_request_open_once ON public.order_request USING btree (order_id) WHERE (decided_at IS NULL);
CREATE INDEX order_step_by_order ON public.order_step USING btree (order_id, id);
CREATE UNIQUE INDEX order_step_sent_once ON public.order_step USING btree (order_id, actor_id, idempotency_key) WHERE (idempotency_key IS NOT NULL);
CREATE INDEX order_step_sightings ON public.order_step USING btree (actor_id, id) WHERE (point IS NOT NULL);
CREATE INDEX org_unit_by_type_and_area ON public.org_unit USING btree (unit_type, area_code);
CREATE INDEX pgqueuer_ep_ea_idx ON public.pgqueuer USING btree (entrypoint, execute_after) WHERE (status = 'queued'::public.pgqueuer_status);
CREATE INDEX pgqueuer_ep_prio_id_idx ON public.pgqueuer USING btree (entrypoint, priority DESC, id) WHERE (status = 'queued'::public.pgqueuer_status);
CREATE INDEX pgqueuer_log_created ON public.pgqueuer_log USING btree (created);
CREATE INDEX pgqueuer_log_job_id_status ON public.pgqueuer_log USING btree (job_id, created DESC);
CREATE INDEX pgqueuer_log_not_aggregated ON public.pgqueuer_log USING btree ((1)) WHERE (NOT aggregated);
CREATE INDEX pgqueuer_log_status ON public.pgqueuer_log USING btree (status);
CREATE INDEX pgqueuer_picked_heartbeat_idx ON public.pgqueuer USING btree (heartbeat) WHERE (status = 'picked'::public.pgqueuer_status);
CREATE UNIQUE INDEX pgqueuer_picked_slot_idx ON public.pgqueuer USING btree (entrypoint, slot) WHERE ((status = 'picked'::public.pgqueuer_status) AND (slot IS NOT NULL));
CREATE INDEX pgqueuer_priority_id_id1_idx ON public.pgqueuer USING btree (priority, id DESC) INCLUDE (id) WHERE (status = 'queued'::public.pgqueuer_status);
CREATE INDEX pgqueuer_queue_manager_id_idx ON public.pgqueuer USING btree (queue_manager_id) WHERE (queue_manager_id IS NOT NULL);
CREATE UNIQUE INDEX pgqueuer_statistics_unique_count ON public.pgqueuer_statistics USING btree (priority, date_trunc('sec'::text, timezone('UTC'::text, created)), status, entrypoint);
CREATE UNIQUE INDEX pgqueuer_unique_dedupe_key ON public.pgqueuer USING btree (dedupe_key) WHERE ((status = ANY (ARRAY['queued'::public.pgqueuer_status, 'picked'::public.pgqueuer_status])) AND (dedupe_key IS NOT NULL));
CREATE INDEX pgqueuer_updated_id_id1_idx ON public.pgqueuer USING btree (updated, id DESC) INCLUDE (id) WHERE (status = 'picked'::public.pgqueuer_status);
CREATE INDEX photo_act_photo_id ON public.photo_act USING btree (photo_id);
CREATE INDEX photo_attachment_by_subject ON public.photo_attachment USING btree (subject_kind, subject_id, "position");
CREATE INDEX photo_by_age ON public.photo USING btree (created_at) WHERE (thinned_at IS NULL);
CREATE INDEX photo_by_hashes ON public.photo USING btree (phash) INCLUDE (phash_inner, phash_core, id);
CREATE INDEX photo_by_sha256 ON public.photo USING btree (sha256);
CREATE INDEX photo_hash_keys ON public.photo USING gin (hash_keys);
CREATE INDEX photo_match_earlier_id ON public.photo_match USING btree (earlier_id);
CREATE INDEX photo_upload_by_expiry ON public.photo_upload USING btree (expires_at);
CREATE INDEX photo_upload_owner_id ON public.photo_upload USING btree (owner_id);
CREATE INDEX photo_without_hashes ON public.photo USING btree (created_at) WHERE (hashes = '{}'::bigint[]);
CREATE INDEX place_area_prefix ON public.place USING btree (area_id varchar_pattern_ops, id);
CREATE INDEX place_grid_cell_id ON public.place USING btree (grid_cell_id);
CREATE INDEX place_loc ON public.place USING gist (loc);
CREATE INDEX place_outline ON public.place USING gist (outline) WHERE (outline IS NOT NULL);
CREATE INDEX place_road_id ON public.place USING btree (road_id);
CREATE INDEX place_words_pairs ON public.place USING gin (public.place_pairs(words));
CREATE INDEX qr_binding_code_id ON public.qr_binding USING btree (code_id);
CREATE UNIQUE INDEX qr_binding_one_open ON public.qr_binding USING btree (code_id) WHERE (ended_at IS NULL);
CREATE INDEX qr_binding_place_id ON public.qr_binding USING btree (place_id);
CREATE INDEX qr_change_code_id ON public.qr_change USING btree (code_id);
CREATE INDEX qr_code_batch ON public.qr_code USING btree (batch_id);
CREATE INDEX qr_code_place_id ON public.qr_code USING btree (place_id);
CREATE INDEX qr_code_successor_id ON public.qr_code USING btree (successor_id);
CREATE UNIQUE INDEX qr_plate_check_one_open ON public.qr_plate_check USING btree (code_id) WHERE (settled_at IS NULL);
CREATE INDEX qr_scan_by_code ON public.qr_scan USING btree (code, scanned_at);
CREATE INDEX quota_use_by_end ON public.quota_use USING btree (full_at);
CREATE UNIQUE INDEX report_once_a_person ON public.report USING btree (order_id, reporter_id);
CREATE INDEX report_order_id ON public.report USING btree (order_id);
CREATE INDEX responsibility_rule_by_unit ON public.responsibility_rule USING btree (unit_id);
CREATE UNIQUE INDEX responsibility_rule_once ON public.responsibility_rule USING btree (COALESCE(item_id, ''::character varying), COALESCE(unit_type, ''::character varying), area_code);
CREATE INDEX road_area_prefix ON public.road USING btree (area_id varchar_pattern_ops);
CREATE INDEX road_line ON public.road USING gist (line);
CREATE INDEX role_grant_by_role_and_area ON public.role_grant USING btree (role, area_code);
CREATE INDEX session_by_account ON public.session USING btree (account_id);
CREATE INDEX session_by_expiry ON public.session USING btree (expires_at);
CREATE INDEX team_beat_by_team ON public.team_beat USING btree (team_id);
CREATE INDEX team_member_by_team ON public.team_member USING btree (team_id);
CREATE INDEX weather_mode_by_area ON public.weather_mode USING btree (area_code, starts_at);
CREATE INDEX work_order_by_handler ON public.work_order USING btree (handler_id, resolve_by, id);
CREATE INDEX work_order_by_opener ON public.work_order USING btree (opened_by_id, id);
CREATE INDEX work_order_by_place ON public.work_order USING btree (place_id, id) WHERE (place_id IS NOT NULL);
CREATE INDEX work_order_by_survivor ON public.work_order USING btree (merged_into_id) WHERE (merged_into_id IS NOT NULL);
CREATE INDEX work_order_closed_here ON public.work_order USING btree (place_id, closed_at) WHERE (closed_at IS NOT NULL);
CREATE INDEX work_order_closed_lately ON public.work_order USING btree (item_id, closed_at) WHERE (closed_at IS NOT NULL);
CREATE INDEX work_order_desk_due ON public.work_order USING btree (COALESCE(
CASE state
    WHEN 'dispatched'::text THEN LEAST(respond_by, arrive_by, safe_by, resolve_by)
    WHEN 'accepted'::text THEN LEAST(
    CASE
        WHEN (arrived_at IS NULL) THEN arrive_by
        ELSE NULL::timestamp with time zone
    END,
    CASE
        WHEN (made_safe_at IS NULL) THEN safe_by
        ELSE NULL::timestamp with time zone
    END, resolve_by)
    WHEN 'on_site'::text THEN LEAST(
    CASE
        WHEN (made_safe_at IS NULL) THEN safe_by
        ELSE NULL::timestamp with time zone
    END, resolve_by)
    WHEN 'handled'::text THEN verify_by
    ELSE NULL::timestamp with time zone
END, '9999-01-01 00:00:00+00'::timestamp with time zone), id) WHERE ((state)::text = ANY ((ARRAY['dispatched'::character varying, 'accepted'::character varying, 'on_site'::character varying, 'handled'::character varying, 'suspended'::character varying])::text[]));
CREATE INDEX work_order_desk_ended ON public.work_order USING btree (opened_at, id) WHERE ((state)::text = ANY ((ARRAY['closed'::character varying, 'cancelled'::character varying, 'merged'::character varying])::text[]));
CREATE INDEX work_order_desk_keys ON public.work_order USING gin ((ARRAY[('a'::text || "left"((area_code)::text, 6)), ('a'::text || "left"((area_code)::text, 9)), ('a'::text || (area_code)::text), ('i'::text || "left"((item_id)::text, 1)), ('i'::text || "left"((item_id)::text, 2)), ('i'::text || (item_id)::text), ('g'::text || (grid_code)::text), ('u'::text || (unit_id)::text), ('h'::text || (handler_id)::text), ('p'::text || (priority)::text), ('s'::text || (source_kind)::text)])) WHERE ((state)::text = ANY ((ARRAY['closed'::character varying, 'cancelled'::character varying, 'merged'::character varying])::text[]));
CREATE INDEX work_order_held ON public.work_order USING btree (handler_id) WHERE (((state)::text = ANY ((ARRAY['dispatched'::character varying, 'accepted'::character varying, 'on_site'::character varying])::text[])) AND (handler_id IS NOT NULL));
CREATE INDEX work_order_ladder ON public.work_order USING btree (ladder_at) WHERE (ladder_at IS NOT NULL);
CREATE INDEX work_order_open_around ON public.work_order USING gist (loc) WHERE ((state)::text = ANY ((ARRAY['dispatched'::character varying, 'accepted'::character varying, 'on_site'::character varying, 'handled'::character varying, 'suspended'::character varying])::text[]));
CREATE INDEX work_order_open_by_place ON public.work_order USING btree (place_id, opened_at) WHERE ((state)::text <> 'closed'::text);
CREATE INDEX work_order_open_by_time ON public.work_order USING btree (resolve_by, id) WHERE ((state)::text <> 'closed'::text);
CREATE INDEX work_order_open_by_unit ON public.work_order USING btree (unit_id, resolve_by, id) WHERE ((state)::text <> 'closed'::text);
CREATE INDEX work_order_parent_id ON public.work_order USING btree (parent_id);
CREATE UNIQUE INDEX work_order_root_cause_once ON public.work_order USING btree (place_id, root_cause_of) WHERE ((root_cause_of IS NOT NULL) AND ((state)::text = ANY ((ARRAY['dispatched'::character varying, 'accepted'::character varying, 'on_site'::character varying, 'handled'::character varying, 'suspended'::character varying])::text[])));
CREATE INDEX work_order_unaccepted ON public.work_order USING btree (respond_by, id) WHERE (((state)::text = 'dispatched'::text) AND (unit_id IS NOT NULL));
CREATE TRIGGER account_changed AFTER UPDATE OF is_active, unit_id, display_name ON public.account FOR EACH ROW WHEN ((((old.is_active IS DISTINCT FROM new.is_active) OR (old.unit_id IS DISTINCT FROM new.unit_id)) OR ((old.display_name)::text IS DISTINCT FROM (new.display_name)::text))) EXECUTE FUNCTION public.tell_of_account('id');
CREATE TRIGGER event_log_append_only BEFORE UPDATE ON public.event_log FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER order_step_append_only BEFORE DELETE OR UPDATE ON public.order_step FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER photo_act_append_only BEFORE UPDATE ON public.photo_act FOR EACH ROW EXECUTE FUNCTION public.photo_act_is_append_only();
CREATE TRIGGER qr_change_append_only BEFORE DELETE OR UPDATE ON public.qr_change FOR EACH ROW EXECUTE FUNCTION public.qr_change_append_only();
CREATE TRIGGER role_grant_changed AFTER INSERT OR DELETE OR UPDATE ON public.role_grant FOR EACH ROW EXECUTE FUNCTION public.tell_of_account('account_id');
CREATE TRIGGER session_deleted AFTER DELETE ON public.session FOR EACH ROW EXECUTE FUNCTION public.tell_of_account('account_id');
CREATE TRIGGER session_ended AFTER UPDATE OF revoked_at, expires_at ON public.session FOR EACH ROW WHEN (((old.revoked_at IS DISTINCT FROM new.revoked_at) OR (new.expires_at < old.expires_at))) EXECUTE FUNCTION public.tell_of_account('account_id');
CREATE TRIGGER tg_pgqueuer_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.pgqueuer FOR EACH STATEMENT EXECUTE FUNCTION public.fn_pgqueuer_changed();
CREATE TRIGGER work_order_wakes_ladder BEFORE UPDATE ON public.work_order FOR EACH ROW WHEN (((((((((old.state)::text IS DISTINCT FROM (new.state)::text) OR (old.respond_by IS DISTINCT FROM new.respond_by)) OR (old.arrive_by IS DISTINCT FROM new.arrive_by)) OR (old.safe_by IS DISTINCT FROM new.safe_by)) OR (old.resolve_by IS DISTINCT FROM new.resolve_by)) OR (old.verify_by IS DISTINCT FROM new.verify_by)) OR (old.made_safe_at IS DISTINCT FROM new.made_safe_at))) EXECUTE FUNCTION public.wake_ladder();
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.org_unit(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.check_in
    ADD CONSTRAINT check_in_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.check_in
    ADD CONSTRAINT check_in_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.work_order(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.check_in
    ADD CONSTRAINT check_in_step_id_fkey FOREIGN KEY (step_id) REFERENCES public.order_step(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.duty_shift
    ADD CONSTRAINT duty_shift_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.duty_shift
    ADD CONSTRAINT duty_shift_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.org_unit(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.escalation
    ADD CONSTRAINT escalation_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.work_order(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.escalation
    ADD CONSTRAINT escalation_rung_id_fkey FOREIGN KEY (rung_id) REFERENCES public.escalation_rung(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.follow_up
    ADD CONSTRAINT follow_up_called_by_id_fkey FOREIGN KEY (called_by_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.follow_up
    ADD CONSTRAINT follow_up_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.work_order(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.grid_cell
    ADD CONSTRAINT grid_cell_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(code) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_event_id_fkey FOREIGN KEY (event_id) REFERENCES public.event_log(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.named_duty
    ADD CONSTRAINT named_duty_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.named_duty
    ADD CONSTRAINT named_duty_item_id_fkey FOREIGN KEY (item_id) REFERENCES public.item(code) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.named_duty
    ADD CONSTRAINT named_duty_supervisor_id_fkey FOREIGN KEY (supervisor_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.named_duty
    ADD CONSTRAINT named_duty_team_id_fkey FOREIGN KEY (team_id) REFERENCES public.team(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.named_duty
    ADD CONSTRAINT named_duty_team_of_its_unit FOREIGN KEY (team_id, unit_id) REFERENCES public.team(id, unit_id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.named_duty
    ADD CONSTRAINT named_duty_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.org_unit(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.order_follower
    ADD CONSTRAINT order_follower_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.order_follower
    ADD CONSTRAINT order_follower_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.work_order(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.order_follower
    ADD CONSTRAINT order_follower_origin_id_fkey FOREIGN KEY (origin_id) REFERENCES public.work_order(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.order_pause
    ADD CONSTRAINT order_pause_granted_by_id_fkey FOREIGN KEY (granted_by_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.order_pause
    ADD CONSTRAINT order_pause_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.work_order(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.order_request
    ADD CONSTRAINT order_request_asked_by_id_fkey FOREIGN KEY (asked_by_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.order_request
    ADD CONSTRAINT order_request_decided_by_id_fkey FOREIGN KEY (decided_by_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.order_request
    ADD CONSTRAINT order_request_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.work_order(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.order_step
    ADD CONSTRAINT order_step_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.order_step
    ADD CONSTRAINT order_step_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.work_order(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.order_verdict
    ADD CONSTRAINT order_verdict_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.order_verdict
    ADD CONSTRAINT order_verdict_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.work_order(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.order_verdict
    ADD CONSTRAINT order_verdict_step_id_fkey FOREIGN KEY (step_id) REFERENCES public.order_step(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.photo_act
    ADD CONSTRAINT photo_act_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.photo_act
    ADD CONSTRAINT photo_act_photo_id_fkey FOREIGN KEY (photo_id) REFERENCES public.photo(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.photo_attachment
    ADD CONSTRAINT photo_attachment_photo_id_fkey FOREIGN KEY (photo_id) REFERENCES public.photo(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.photo_match
    ADD CONSTRAINT photo_match_earlier_id_fkey FOREIGN KEY (earlier_id) REFERENCES public.photo(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.photo_match
    ADD CONSTRAINT photo_match_photo_id_fkey FOREIGN KEY (photo_id) REFERENCES public.photo(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.photo
    ADD CONSTRAINT photo_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.photo_upload
    ADD CONSTRAINT photo_upload_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.place
    ADD CONSTRAINT place_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(code) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.place
    ADD CONSTRAINT place_grid_cell_id_fkey FOREIGN KEY (grid_cell_id) REFERENCES public.grid_cell(code) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.place
    ADD CONSTRAINT place_road_id_fkey FOREIGN KEY (road_id) REFERENCES public.road(id) ON UPDATE CASCADE ON DELETE SET NULL;
ALTER TABLE ONLY public.qr_batch
    ADD CONSTRAINT qr_batch_minted_by_id_fkey FOREIGN KEY (minted_by_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE SET NULL;
ALTER TABLE ONLY public.qr_binding
    ADD CONSTRAINT qr_binding_bound_by_id_fkey FOREIGN KEY (bound_by_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE SET NULL;
ALTER TABLE ONLY public.qr_binding
    ADD CONSTRAINT qr_binding_code_id_fkey FOREIGN KEY (code_id) REFERENCES public.qr_code(code) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.qr_binding
    ADD CONSTRAINT qr_binding_place_id_fkey FOREIGN KEY (place_id) REFERENCES public.place(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.qr_change
    ADD CONSTRAINT qr_change_changed_by_id_fkey FOREIGN KEY (changed_by_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE SET NULL;
ALTER TABLE ONLY public.qr_change
    ADD CONSTRAINT qr_change_code_id_fkey FOREIGN KEY (code_id) REFERENCES public.qr_code(code) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.qr_code
    ADD CONSTRAINT qr_code_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES public.qr_batch(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.qr_code
    ADD CONSTRAINT qr_code_place_id_fkey FOREIGN KEY (place_id) REFERENCES public.place(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.qr_code
    ADD CONSTRAINT qr_code_successor_id_fkey FOREIGN KEY (successor_id) REFERENCES public.qr_code(code) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.qr_plate_check
    ADD CONSTRAINT qr_plate_check_code_id_fkey FOREIGN KEY (code_id) REFERENCES public.qr_code(code) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.qr_plate_check
    ADD CONSTRAINT qr_plate_check_settled_by_id_fkey FOREIGN KEY (settled_by_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE SET NULL;
ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.work_order(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_reporter_id_fkey FOREIGN KEY (reporter_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.responsibility_rule
    ADD CONSTRAINT responsibility_rule_item_id_fkey FOREIGN KEY (item_id) REFERENCES public.item(code) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.responsibility_rule
    ADD CONSTRAINT responsibility_rule_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.org_unit(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.road
    ADD CONSTRAINT road_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(code) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.role_grant
    ADD CONSTRAINT role_grant_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.sla_policy
    ADD CONSTRAINT sla_policy_item_id_fkey FOREIGN KEY (item_id) REFERENCES public.item(code) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.staff_position
    ADD CONSTRAINT staff_position_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.team_beat
    ADD CONSTRAINT team_beat_grid_cell_id_fkey FOREIGN KEY (grid_cell_id) REFERENCES public.grid_cell(code) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.team_beat
    ADD CONSTRAINT team_beat_team_id_fkey FOREIGN KEY (team_id) REFERENCES public.team(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.team_member
    ADD CONSTRAINT team_member_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.team_member
    ADD CONSTRAINT team_member_team_id_fkey FOREIGN KEY (team_id) REFERENCES public.team(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.team
    ADD CONSTRAINT team_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.org_unit(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.work_order
    ADD CONSTRAINT work_order_handler_id_fkey FOREIGN KEY (handler_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.work_order
    ADD CONSTRAINT work_order_item_id_fkey FOREIGN KEY (item_id) REFERENCES public.item(code) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.work_order
    ADD CONSTRAINT work_order_merged_into_id_fkey FOREIGN KEY (merged_into_id) REFERENCES public.work_order(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.work_order
    ADD CONSTRAINT work_order_opened_by_id_fkey FOREIGN KEY (opened_by_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.work_order
    ADD CONSTRAINT work_order_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.work_order(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.work_order
    ADD CONSTRAINT work_order_place_id_fkey FOREIGN KEY (place_id) REFERENCES public.place(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.work_order
    ADD CONSTRAINT work_order_supervisor_id_fkey FOREIGN KEY (supervisor_id) REFERENCES public.account(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.work_order
    ADD CONSTRAINT work_order_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.org_unit(id) ON UPDATE CASCADE ON DELETE RESTRICT;
