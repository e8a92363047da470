-- name: value-stale
-- family: quality
-- about: Lines of figures that were not carried on although others were: the newest figure is more than so many months old.
--   Age counts full months from the last day of the newest figure's period to the day looked at, by default the last day of the newest figure in the file.
--   Classes, the first that applies: dropped (the source of the newest figure tells newer ones of other lines, by more than those months: this line was left behind);
--   behind_peers (other entities have newer figures of the indicator in this measure, by more than those months); old (nothing of its source is newer: perhaps
--   a newer edition is wanting). Old ones are shown on request only: what an outline of 2021 says of 2020 has not gone stale by itself.
--   A figure of several years is current for its own length longer: a five-year total for four more years.
--   Figures are final or provisional numbers and wordings; lines that have only forecasts or missing marks never had a figure and are left out.
--   The newest figure of a source is that of the lines whose newest figure it gives. The gravest and oldest come first.
-- about_zh: 别的数据都更新了、唯独它没有续报的线：最新数据已超过若干个月。
--   age 为最新数据所属时期末日到截至日的整月数，截至日默认为文件中最新数据的末日。
--   类别取最先成立的一类：dropped 其来源的其他数据更新超过所给月数，唯独此线没有续报；behind_peers 同一指标、计量的其他对象有更新的数据，相差超过所给月数；
--   old 其来源没有更新的数据，可能缺新一期。old 只在指定时列出：2021 年的纲要说 2020 年的数，不因此陈旧。
--   多年时段的数按其长度顺延：五年累计数再有效四年。数据包括正式数、初步数和文字；只有预测数或缺失符号的线不列。
--   来源的最新数据以最新数据取自该来源的各线为准。较重、较旧的在前。
-- param: months integer = 18 | 超过多少个月算陈旧 | how many months old a figure may be
-- param: class text = 'lagging' in ('lagging', 'dropped', 'behind_peers', 'old', 'all')
--   | 只看哪一类；lagging 为前两类，all 为全部 | which class; lagging: dropped and behind_peers; all: old ones, too
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为全部 | indicator: code, name or alias; default: every one
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- param: as_of text = null  | 截至哪一天(YYYY-MM-DD；只写年或年月即到其末日；now 为今天)；空为文件中最新数据的末日
--   | the day looked at (a year or month: its last day; now: today); default: the last day of the newest figure in the file
-- columns: class, indicator_name, entity_name, scope, measure, period, age, printed, unit, source, source_newest, peers_newest, as_of,
--   locator, status, observations, among, indicator_name_en, entity_name_en, indicator, entity
-- shown: class, indicator_name, entity_name, measure, period, age, printed, source, source_newest, peers_newest
-- severity: class | warning: dropped | note: behind_peers, old
-- finding: {entity_name}的{indicator_name}最新数据是 {period} 的，已过 {age} 个月 | the newest {indicator_name_en} of {entity_name_en} is of {period}, {age} months old
-- column: class | 类别 | the class, see above
-- column: period | 数据时期：最新数据的时期 | period of the newest figure
-- column: age | 距今月数：最新数据末日到截至日的整月数 | full months from the end of that period to the day looked at
-- column: source | 最新数据的来源 | source of the newest figure
-- column: source_newest | 来源最新：该来源各线最新数据的末日 | last day of the newest figure that this source gives of any line
-- column: peers_newest | 同指标最新：同一指标、计量其他对象最新数据的末日 | last day of the newest figure that other entities have of it
-- column: as_of | 截至日 | the day looked at
-- column: locator | 最新数据在来源中的位置 | its place in the source
-- column: observations | 该线的数据条数 | figures of the line
WITH
wanted_indicator AS (
  SELECT i.id
    FROM (SELECT CAST(:indicator AS TEXT) AS indicator) AS q
    CROSS JOIN indicator AS i
   WHERE q.indicator IS NULL OR q.indicator IN (i.code, i.name, i.name_en)
         OR i.id IN (SELECT a.indicator_id FROM alias AS a WHERE a.kind = 'indicator' AND a.name = q.indicator)
),
wanted_entity AS (
  SELECT e.id
    FROM (SELECT CAST(:entity AS TEXT) AS entity) AS q
    CROSS JOIN entity AS e
   WHERE q.entity IS NULL OR q.entity IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.entity)
),
-- The sources and periods of the newest figures of all series. A number of a period that was over when its
-- source was published is no forecast; all else needs a look at the figure itself.
pair AS MATERIALIZED (
  SELECT g.source_id, g.period_id, p.ends, g.numbers = g.lines AND p.ends <= d.published IS TRUE AS clear
    FROM (SELECT s.last_source_id AS source_id, s.last_period_id AS period_id, count(s.last_value) AS numbers, count(*) AS lines
            FROM series AS s
           WHERE s.last_period_id IS NOT NULL
           GROUP BY s.last_source_id, s.last_period_id) AS g
    JOIN period AS p ON p.id = g.period_id
    JOIN source AS d ON d.id = g.source_id
),
by_source AS MATERIALIZED (
  SELECT r.source_id, max(r.ends) AS ends
    FROM (SELECT r.source_id, r.ends FROM pair AS r WHERE r.clear
          UNION ALL
          SELECT r.source_id, r.ends
            FROM pair AS r
            CROSS JOIN series AS s ON s.last_source_id = r.source_id AND s.last_period_id = r.period_id
            JOIN observation AS o
              ON o.series_id = s.id AND o.period_id = s.last_period_id AND o.source_id = s.last_source_id
             AND o.locator = s.last_locator
            JOIN status AS t ON t.code = o.status
           WHERE NOT r.clear AND t.precedence < 3) AS r
   GROUP BY r.source_id
),
parameter AS MATERIALIZED (
  SELECT coalesce(CAST(:months AS INTEGER), 18) AS months, coalesce(:class, 'lagging') AS class,
         -- What is no day stops the query: json_extract refuses it with this text.
         coalesce(CASE length(:as_of) WHEN 4 THEN date(:as_of || '-12-31')
                                      WHEN 7 THEN date(:as_of || '-01', '+1 month', '-1 day')
                       ELSE date(:as_of) END,
                  CASE WHEN :as_of IS NULL THEN (SELECT max(n.ends) FROM by_source AS n)
                       ELSE json_extract('{}', 'as_of is no day: ' || :as_of) END) AS as_of
),
-- The series asked for whose newest figure, neither forecast nor missing mark, is too old. `after`: the day after its period.
-- It is old once so many months, and what a span is longer than a year, are over.
aged AS MATERIALIZED (
  SELECT s.id, s.indicator_id, s.entity_id, s.measure, s.last_source_id AS source_id, date(p.ends, '+1 day') AS after,
         date(p.ends, '+1 day', '+' || q.months || ' months',
              CASE p.kind WHEN 'years' THEN '+' || (substr(p.ends, 1, 4) - substr(p.starts, 1, 4)) || ' years' ELSE '+0 years' END) AS old_from
    FROM parameter AS q
    CROSS JOIN series AS s
    JOIN period AS p ON p.id = s.last_period_id
    JOIN source AS d ON d.id = s.last_source_id
   WHERE s.indicator_id IN (SELECT w.id FROM wanted_indicator AS w)
     AND s.entity_id IN (SELECT w.id FROM wanted_entity AS w)
     AND date(q.as_of, '+1 day')
         > date(p.ends, '+1 day', '+' || q.months || ' months',
                CASE p.kind WHEN 'years' THEN '+' || (substr(p.ends, 1, 4) - substr(p.starts, 1, 4)) || ' years' ELSE '+0 years' END)
     AND CASE WHEN s.last_value IS NOT NULL AND p.ends <= d.published THEN 1
              ELSE (SELECT t.precedence < 3
                      FROM observation AS o
                      JOIN status AS t ON t.code = o.status
                     WHERE o.series_id = s.id AND o.period_id = s.last_period_id AND o.source_id = s.last_source_id
                       AND o.locator = s.last_locator) END
),
-- The newest figure that each entity has of their indicators and measures.
by_entity AS (
  SELECT s.indicator_id, s.measure, s.entity_id, max(p.ends) AS ends
    FROM (SELECT DISTINCT a.indicator_id, a.measure FROM aged AS a) AS g
    CROSS JOIN series AS s ON s.indicator_id = g.indicator_id AND s.measure = g.measure
    JOIN period AS p ON p.id = s.last_period_id
    JOIN source AS d ON d.id = s.last_source_id
   WHERE CASE WHEN s.last_value IS NOT NULL AND p.ends <= d.published THEN 1
              ELSE (SELECT t.precedence < 3
                      FROM observation AS o
                      JOIN status AS t ON t.code = o.status
                     WHERE o.series_id = s.id AND o.period_id = s.last_period_id AND o.source_id = s.last_source_id
                       AND o.locator = s.last_locator) END
   GROUP BY s.indicator_id, s.measure, s.entity_id
),
-- Of each the newest, and the newest of an entity other than that one.
placed AS (
  SELECT b.indicator_id, b.measure, b.entity_id, b.ends,
         row_number() OVER (PARTITION BY b.indicator_id, b.measure ORDER BY b.ends DESC, b.entity_id) AS place
    FROM by_entity AS b
),
peers AS MATERIALIZED (
  SELECT p.indicator_id, p.measure, max(p.entity_id) FILTER (WHERE p.place = 1) AS leader_id,
         max(p.ends) FILTER (WHERE p.place = 1) AS leader_ends, max(p.ends) FILTER (WHERE p.place = 2) AS second_ends
    FROM placed AS p
   WHERE p.place <= 2
   GROUP BY p.indicator_id, p.measure
),
compared AS (
  SELECT a.id, a.after, a.old_from, b.ends AS source_newest,
         CASE WHEN r.leader_id = a.entity_id THEN r.second_ends ELSE r.leader_ends END AS peers_newest
    FROM aged AS a
    CROSS JOIN by_source AS b ON b.source_id = a.source_id
    JOIN peers AS r ON r.indicator_id = a.indicator_id AND r.measure = a.measure
),
stale AS MATERIALIZED (
  SELECT c.id, c.after, c.source_newest, c.peers_newest, date(q.as_of, '+1 day') AS until,
         CASE WHEN date(c.source_newest, '+1 day') > c.old_from THEN 'dropped'
              WHEN date(c.peers_newest, '+1 day') > c.old_from THEN 'behind_peers'
              ELSE 'old' END AS class
    FROM parameter AS q
    CROSS JOIN compared AS c
)
SELECT x.class, i.name AS indicator_name, e.name AS entity_name, c.code AS scope, s.measure, p.code AS period,
       12 * (CAST(substr(x.until, 1, 4) AS INTEGER) - CAST(substr(x.after, 1, 4) AS INTEGER))
         + CAST(substr(x.until, 6, 2) AS INTEGER) - CAST(substr(x.after, 6, 2) AS INTEGER)
         - (substr(x.until, 9) < substr(x.after, 9)) AS age,
       coalesce(o.printed,
                CASE WHEN o.value = CAST(o.value AS INTEGER) THEN CAST(CAST(o.value AS INTEGER) AS TEXT)
                     ELSE CAST(o.value AS TEXT) END) || iif(o.value IS NULL, '', ifnull(' ' || o.printed_unit, '')) AS printed,
       u.code AS unit, d.code AS source, x.source_newest, x.peers_newest, q.as_of, o.locator, o.status, s.observations,
       a.code AS among, i.name_en AS indicator_name_en, e.name_en AS entity_name_en, i.code AS indicator, e.code AS entity
  FROM parameter AS q
  CROSS JOIN stale AS x
  CROSS JOIN series AS s ON s.id = x.id
  JOIN observation AS o
    ON o.series_id = s.id AND o.period_id = s.last_period_id AND o.source_id = s.last_source_id AND o.locator = s.last_locator
  JOIN indicator AS i ON i.id = s.indicator_id
  JOIN entity AS e ON e.id = s.entity_id
  JOIN scope AS c ON c.id = s.scope_id
  JOIN unit AS u ON u.id = s.unit_id
  JOIN period AS p ON p.id = s.last_period_id
  JOIN source AS d ON d.id = s.last_source_id
  LEFT JOIN entity AS a ON a.id = s.among_id
 WHERE q.class IN (x.class, 'all') OR q.class = 'lagging' AND x.class <> 'old'
 ORDER BY x.class <> 'dropped', x.class <> 'behind_peers', p.ends, i.code, e.code, c.code, s.measure, a.code;
