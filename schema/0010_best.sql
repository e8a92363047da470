-- 0010_best: finds the figure that speaks for a period without a search where there is only one.

-- Most periods of a series have one row, and a look at the key tells so. Only the others are put in order: a number before a
-- wording, an exact value before a bound, a final value before a provisional one, a newer source before an older one.
DROP VIEW best;
CREATE VIEW best AS
SELECT o.series_id, o.period_id, o.source_id, o.locator, o.value, o.high, o.comparator, o.status, o.printed,
       o.printed_unit, o.note, o.import_id
  FROM observation AS o
 WHERE CASE WHEN EXISTS (SELECT 1
                           FROM observation AS other
                          WHERE other.series_id = o.series_id AND other.period_id = o.period_id
                            AND (other.source_id <> o.source_id OR other.locator <> o.locator))
            THEN (o.source_id, o.locator) IN (
                   SELECT o2.source_id, o2.locator
                     FROM observation AS o2
                     JOIN status AS t2 ON t2.code = o2.status
                     JOIN source AS d2 ON d2.id = o2.source_id
                    WHERE o2.series_id = o.series_id AND o2.period_id = o.period_id
                    ORDER BY o2.value IS NULL, o2.comparator <> '=', t2.precedence,
                             d2.published DESC NULLS LAST, d2.code, o2.locator
                    LIMIT 1)
            ELSE 1 END;
