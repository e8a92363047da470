-- 0008_summary: keeps the summary that each series carries true, whoever writes observations.

-- What `series` says of its observations, worked out anew. Of the best figure of each period: the last is the newest, figures
-- before forecasts and missing marks; of those that end on one day a year stands before a half-year, a year to date, a quarter,
-- a month, a span of years and a day. The first is the oldest that has a number. The previous is the newest before the last
-- that has its kind and length: the same months of an earlier year for a year to date.
CREATE VIEW series_summary AS
WITH
-- How long a period is: in months where it is made of whole ones, else in days.
span AS (
  SELECT p.id, p.kind, p.ends,
         CASE WHEN p.kind IN ('day', 'days') THEN julianday(p.ends) - julianday(p.starts)
              ELSE 12 * (CAST(substr(p.ends, 1, 4) AS INTEGER) - CAST(substr(p.starts, 1, 4) AS INTEGER))
                   + CAST(substr(p.ends, 6, 2) AS INTEGER) - CAST(substr(p.starts, 6, 2) AS INTEGER) END AS length
    FROM period AS p
),
found AS (
  SELECT s.id,
         (SELECT b.period_id
            FROM best AS b
            JOIN period AS p ON p.id = b.period_id
           WHERE b.series_id = s.id AND b.value IS NOT NULL
           ORDER BY p.ends, p.starts DESC
           LIMIT 1) AS first_id,
         (SELECT b.period_id
            FROM best AS b
            JOIN period AS p ON p.id = b.period_id
            JOIN status AS t ON t.code = b.status
           WHERE b.series_id = s.id
           ORDER BY max(t.precedence, 2), p.ends DESC,
                    CASE p.kind WHEN 'year' THEN 1 WHEN 'half' THEN 2 WHEN 'months' THEN 3 WHEN 'quarter' THEN 4
                                WHEN 'month' THEN 5 WHEN 'years' THEN 6 WHEN 'day' THEN 7 ELSE 8 END,
                    p.starts
           LIMIT 1) AS last_id
    FROM series AS s
),
before AS (
  SELECT f.id, f.first_id, f.last_id,
         (SELECT o.period_id
            FROM span AS n
            CROSS JOIN observation AS o
            JOIN span AS p ON p.id = o.period_id
           WHERE n.id = f.last_id AND o.series_id = f.id
             AND p.kind = n.kind AND p.length = n.length AND p.ends < n.ends
           ORDER BY p.ends DESC
           LIMIT 1) AS previous_id
    FROM found AS f
)
SELECT b.id AS series_id,
       (SELECT count(*) FROM observation AS o WHERE o.series_id = b.id) AS observations,
       b.first_id AS first_period_id,
       (SELECT x.value FROM best AS x WHERE x.series_id = b.id AND x.period_id = b.first_id) AS first_value,
       b.last_id AS last_period_id,
       (SELECT x.source_id FROM best AS x WHERE x.series_id = b.id AND x.period_id = b.last_id) AS last_source_id,
       (SELECT x.locator FROM best AS x WHERE x.series_id = b.id AND x.period_id = b.last_id) AS last_locator,
       (SELECT x.value FROM best AS x WHERE x.series_id = b.id AND x.period_id = b.last_id) AS last_value,
       b.previous_id AS previous_period_id,
       (SELECT x.value FROM best AS x WHERE x.series_id = b.id AND x.period_id = b.previous_id) AS previous_value,
       (SELECT min(o.value) FROM observation AS o WHERE o.series_id = b.id) AS lowest,
       (SELECT max(o.value) FROM observation AS o WHERE o.series_id = b.id) AS highest
  FROM before AS b;

CREATE TRIGGER observation_added AFTER INSERT ON observation BEGIN
  UPDATE series
     SET (observations, first_period_id, first_value, last_period_id, last_source_id, last_locator, last_value,
          previous_period_id, previous_value, lowest, highest)
       = (SELECT y.observations, y.first_period_id, y.first_value, y.last_period_id, y.last_source_id, y.last_locator,
                 y.last_value, y.previous_period_id, y.previous_value, y.lowest, y.highest
            FROM series_summary AS y WHERE y.series_id = series.id)
   WHERE id = NEW.series_id;
END;

CREATE TRIGGER observation_changed AFTER UPDATE ON observation BEGIN
  UPDATE series
     SET (observations, first_period_id, first_value, last_period_id, last_source_id, last_locator, last_value,
          previous_period_id, previous_value, lowest, highest)
       = (SELECT y.observations, y.first_period_id, y.first_value, y.last_period_id, y.last_source_id, y.last_locator,
                 y.last_value, y.previous_period_id, y.previous_value, y.lowest, y.highest
            FROM series_summary AS y WHERE y.series_id = series.id)
   WHERE id IN (OLD.series_id, NEW.series_id);
END;

CREATE TRIGGER observation_removed AFTER DELETE ON observation BEGIN
  UPDATE series
     SET (observations, first_period_id, first_value, last_period_id, last_source_id, last_locator, last_value,
          previous_period_id, previous_value, lowest, highest)
       = (SELECT y.observations, y.first_period_id, y.first_value, y.last_period_id, y.last_source_id, y.last_locator,
                 y.last_value, y.previous_period_id, y.previous_value, y.lowest, y.highest
            FROM series_summary AS y WHERE y.series_id = series.id)
   WHERE id = OLD.series_id;
END;

-- A newer source speaks before an older one.
CREATE TRIGGER source_dated AFTER UPDATE OF published, code ON source BEGIN
  UPDATE series
     SET (first_period_id, first_value, last_period_id, last_source_id, last_locator, last_value,
          previous_period_id, previous_value)
       = (SELECT y.first_period_id, y.first_value, y.last_period_id, y.last_source_id, y.last_locator,
                 y.last_value, y.previous_period_id, y.previous_value
            FROM series_summary AS y WHERE y.series_id = series.id)
   WHERE id IN (SELECT o.series_id FROM observation AS o WHERE o.source_id = NEW.id);
END;

INSERT INTO dictionary (table_name, column_name, title, title_en, about, about_en)
WITH meaning (column_name, title, title_en, about, about_en) AS (VALUES
  ('observations', '观测数', 'Observations',
   '该数列的观测值行数，不论来源和状态。',
   'Number of its observations, of whatever source and status.'),
  ('first_period_id', '最早时期', 'First period',
   '最早有数值的时期的内部编号。',
   'Internal id of the oldest period with a number.'),
  ('first_value', '最早数值', 'First value',
   '最早时期的数值，单位同数列。',
   'Its value, in the unit of the series.'),
  ('last_period_id', '最新时期', 'Last period',
   '最新时期的内部编号；预测数和缺失符号只在没有别的数据时计入。',
   'Internal id of the newest period; forecasts and missing marks count only where there is nothing else.'),
  ('last_source_id', '最新来源', 'Last source',
   '最新数值的来源的内部编号。',
   'Internal id of the source of the newest value.'),
  ('last_locator', '最新位置', 'Last locator',
   '最新数值在来源中的位置。',
   'Place of the newest value in its source.'),
  ('last_value', '最新数值', 'Last value',
   '最新时期的数值，单位同数列。',
   'Its value, in the unit of the series.'),
  ('previous_period_id', '上一时期', 'Previous period',
   '最新时期之前、类型和长短与其相同的时期的内部编号。',
   'Internal id of the newest period before the last that has its kind and length.'),
  ('previous_value', '上一数值', 'Previous value',
   '上一时期的数值，单位同数列。',
   'Its value, in the unit of the series.'),
  ('lowest', '最低值', 'Lowest',
   '所有观测值中最低的数值，单位同数列。',
   'Lowest value of all observations, in the unit of the series.'),
  ('highest', '最高值', 'Highest',
   '所有观测值中最高的数值，单位同数列。',
   'Highest value of all observations, in the unit of the series.'))
SELECT place.column1, m.column_name, m.title, m.title_en, m.about, m.about_en
  FROM (VALUES ('series'), ('series_summary')) AS place
  JOIN meaning AS m;

INSERT INTO dictionary (table_name, column_name, title, title_en, about, about_en) VALUES
  ('series_summary', '', '数列摘要', 'Summary of series',
   '由观测值重新算出的各数列摘要，应与 series 表所存相同。',
   'What each series says of its observations, worked out anew; equal to what table series holds.'),
  ('series_summary', 'series_id', '数列', 'Series', '数列的内部编号。', 'Internal id of the series.'),
  ('best', '', '最佳数值', 'Best values',
   '每条数列每个时期当前最佳的观测值，以内部编号表示；latest 视图列出代码和名称。',
   'The observation that speaks for each series and period, by internal ids; view latest spells them out.');

INSERT INTO dictionary (table_name, column_name, title, title_en, about, about_en)
SELECT 'best', d.column_name, d.title, d.title_en, d.about, d.about_en
  FROM dictionary AS d
 WHERE d.table_name = 'observation' AND d.column_name <> '';
