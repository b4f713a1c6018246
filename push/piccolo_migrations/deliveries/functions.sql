-- When a message may ring: not while its person wants quiet, in Shanghai time.
CREATE FUNCTION out_of_quiet(at timestamptz, quiet_from time, quiet_until time) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN quiet_from IS NULL OR quiet_until IS NULL OR quiet_from = quiet_until THEN at
        WHEN quiet_from < quiet_until AND here::time >= quiet_from AND here::time < quiet_until
            THEN (here::date + quiet_until) AT TIME ZONE 'Asia/Shanghai'
        WHEN quiet_from > quiet_until AND here::time >= quiet_from
            THEN (here::date + 1 + quiet_until) AT TIME ZONE 'Asia/Shanghai'
        WHEN quiet_from > quiet_until AND here::time < quiet_until
            THEN (here::date + quiet_until) AT TIME ZONE 'Asia/Shanghai'
        ELSE at
    END
    FROM (SELECT at AT TIME ZONE 'Asia/Shanghai' AS here) local
$$;

-- The next time of day at which what can wait comes together, in Shanghai time.
CREATE FUNCTION next_digest(at timestamptz, digest_at time) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT (here::date + CASE WHEN here::time < digest_at THEN 0 ELSE 1 END + digest_at) AT TIME ZONE 'Asia/Shanghai'
    FROM (SELECT at AT TIME ZONE 'Asia/Shanghai' AS here) local
$$;
