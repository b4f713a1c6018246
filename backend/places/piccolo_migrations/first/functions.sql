-- Functions of places that columns, indexes and triggers below use.

-- A number in Chinese figures as Arabic ones; what is no number stays as it is.
CREATE FUNCTION place_figure(said text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
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
END $$;

-- The one answer to whether two names say the same: width, case and blanks do not matter, nor Chinese figures before
-- a lane, a door or a room. It depends on nothing but its argument, so it names place_figure in full.
CREATE FUNCTION place_fold(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
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

-- Every two characters that follow one another.
CREATE FUNCTION place_pairs(folded text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT substr(folded, nr, 2)), '{}'::text[])
    FROM generate_series(1, length(folded) - 1) nr
$$;
