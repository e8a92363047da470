-- name: entity-streaks
-- about: Streaks: how many periods running an entity has held a place, or has grown; the longest and the present ones.
--   stored reads the places that sources print (measures rank and yoy_rank, each within its group); value, growth and yoy reckon the places,
--   as entity-ranking does, from levels, from growth on the same period a year before, and from growth as published; rising and yoy_rising
--   count the periods whose growth, reckoned or published, is above `over` (of shares in % or ‰ reckoned growth is in percentage points).
--   A streak runs over periods of one kind and length, each beginning on the day after the one before; years to date (January to August,
--   January to September, ...) follow each other by month, or by quarter where only quarters are there; January alone is not needed.
--   It ends where the place is not held (not_held), where a figure is missing (no_figure) or decides nothing, as ≤10 for place 1 (undecided).
--   It is current when it reaches the newest period that the file has of that ranking (newest). Where the period before it is unknown
--   (no_figure, undecided) the streak may be longer than is told. Reckoned places are among the entities that have a number, two at least.
--   Forecasts do not count. Without an indicator: stored places of every one, otherwise the ten that most entities have figures of.
-- about_zh: 连续期数：一个对象连续几期保持某一位次或保持增长，最长的和至今的各有多长。
--   stored 用来源公布的位次（rank、yoy_rank，各在其排名范围内）；value、growth、yoy 按 entity-ranking 的办法由水平值、推算的同比增速、公布的同比增速排出位次；
--   rising、yoy_rising 数增速（推算的、公布的）高于 over 的各期（单位为 % 或 ‰ 的比率推算的是百分点差）。
--   连续指类型、长短相同而首尾相接的时期；累计月份（1—8 月、1—9 月……）逐月相接，只有季度的逐季相接，不要求有 1 月。
--   位次不保（not_held）、缺数（no_figure）、数据不足以判断（undecided，如第 1 位对 ≤10）即中断；到文件中该排名最新一期为止的为至今（newest）。
--   前一期情况不明（no_figure、undecided）的，实际可能更长。推算的位次只在有数的对象之间，至少两个。
--   不用预测数。未给指标时：stored 为全部指标，其余为数据对象最多的十个指标。
-- family: comparison
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空见说明 | indicator: code, name or alias; default: see above
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- param: by text = 'stored' in ('stored', 'value', 'growth', 'yoy', 'rising', 'yoy_rising')
--   | 依据：公布的位次，由数值、推算增速、公布增速排出的位次，推算或公布的增长
--   | what is held: a place as printed, or reckoned from value, growth or published growth; or growth itself
-- param: place integer = 1  | 位次 | the place
-- param: holds text = 'exactly' in ('exactly', 'or_better', 'or_worse')  | 正好、该位及以前、该位及以后
--   | just this place, this or a better one, this or a worse one
-- param: over number = 0  | 增速高于百分之几（rising、yoy_rising） | growth above this many per cent (rising, yoy_rising)
-- param: among text = null in entity  | 推算位次：只排某地区以内的对象；公布位次：排名范围；空为不限
--   | reckoned places: only entities within this one; stored places: the group ranked in; default: no limit
-- param: shortest integer = 2  | 至少连续几期 | how many periods at least
-- param: show text = 'all' in ('all', 'longest', 'current')  | 全部、各自最长的、至今的 | all of them, the longest of each entity, those that go on
-- columns: indicator_name, entity_name, scope, measure, among_name, held, length, step, first_period, last_period, before, after,
--   is_current, is_longest, fewest, indicator_name_en, entity_name_en, among_name_en, indicator, entity, among
-- shown: indicator_name, entity_name, scope, among_name, held, length, step, first_period, last_period, before, after, is_longest
-- column: indicator_name | 指标 | the indicator
-- column: entity_name | 对象 | the entity
-- column: entity | 对象的代码 | code of the entity
-- column: measure | 计量：stored 为所读位次的计量，其余为排位所依据的 | the measure that places are read of or reckoned from
-- column: among_name | 排名范围；推算的位次为空 | the group ranked in; empty for places reckoned
-- column: among_name_en | 排名范围的英文名 | the group's name in English
-- column: among | 排名范围的代码 | the group's code
-- column: held | 所保持的：位次或增长 | what is held: place or growth
-- column: length | 连续期数 | number of periods
-- column: step | 每期的长短：year、half、quarter、month 等；ytd_month、ytd_quarter 为逐月、逐季累计
--   | what a period is: year, half, quarter, month, ...; ytd_month and ytd_quarter are years to date by month and quarter
-- column: first_period | 首期 | the first period
-- column: last_period | 末期 | the last period
-- column: before | 前一期：not_held 未保持，no_figure 缺数，undecided 不足以判断 | the period before: not_held, no_figure or undecided
-- column: after | 后一期：同上；newest 末期已是最新 | the period after: the same, or newest where the last is the newest
-- column: is_current | 是否至今（1 是） | 1 when it goes on
-- column: is_longest | 是否该对象最长（1 是） | 1 when it is the entity's longest
-- column: fewest | 推算位次的各期中，排位对象最少时有几个 | entities ranked, in the period that has fewest; of places reckoned
-- chart: bar x=entity_name y=length
WITH RECURSIVE
parameter AS (
  SELECT CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity, coalesce(:by, 'stored') AS basis,
         coalesce(CAST(:place AS INTEGER), 1) AS place, coalesce(:holds, 'exactly') AS holds,
         coalesce(CAST(:over AS REAL), 0.0) AS least_growth, CAST(:among AS TEXT) AS among,
         coalesce(CAST(:shortest AS INTEGER), 2) AS shortest, coalesce(:show, 'all') AS show,
         CASE WHEN coalesce(:by, 'stored') IN ('yoy', 'yoy_rising') THEN 'yoy' ELSE 'level' END AS measure
),
within (id, itself) AS (
  SELECT e.id, 1
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.among IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.among)
  UNION
  SELECT e.id, 0
    FROM parameter AS q
    CROSS JOIN within AS w
    CROSS JOIN entity AS e ON e.parent_id = w.id
   WHERE q.basis <> 'stored'
),
peer AS (
  SELECT e.id, CASE WHEN e.kind IN ('district', 'county', 'city') THEN 'county' ELSE e.kind END AS rank
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.among IS NULL OR q.basis = 'stored' OR e.id IN (SELECT w.id FROM within AS w WHERE NOT w.itself)
),
wanted_entity AS (
  SELECT e.id
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.entity IS NULL OR q.entity IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.entity)
),
popular AS (
  SELECT c.indicator_id
    -- IN and the plus signs keep to the index by indicator, in whose order counting needs no sort.
    FROM (SELECT s.indicator_id, count(DISTINCT s.entity_id) AS entities
            FROM series AS s
           WHERE s.indicator_id IN (SELECT i.id
                                      FROM parameter AS q
                                      CROSS JOIN indicator AS i
                                     WHERE q.indicator IS NULL AND q.basis <> 'stored')
             AND +s.measure = (SELECT q.measure FROM parameter AS q) AND +s.entity_id IN (SELECT e.id FROM peer AS e)
           GROUP BY s.indicator_id) AS c
    JOIN indicator AS i ON i.id = c.indicator_id
   WHERE c.entities > 1
   ORDER BY c.entities DESC, i.code
   LIMIT 10
),
wanted_indicator AS (
  SELECT i.id, i.kind, i.direction
    FROM parameter AS q
    CROSS JOIN indicator AS i
   WHERE q.indicator IS NULL AND q.basis = 'stored'
         OR q.indicator IN (i.code, i.name, i.name_en)
         OR i.id IN (SELECT a.indicator_id FROM alias AS a WHERE a.kind = 'indicator' AND a.name = q.indicator)
         OR i.id IN (SELECT p.indicator_id FROM popular AS p)
),
-- The series read, by the number of the list they stand in: a printed one's is its group, a reckoned one's the rank of its entities.
member AS (
  SELECT s.id AS series_id, i.direction, u.factor,
         dense_rank() OVER (ORDER BY s.indicator_id, s.scope_id, s.measure, s.among_id, CASE WHEN q.basis <> 'stored' THEN e.rank END) AS list,
         q.measure = 'level' AND u.code IN ('%', '‰') AS is_share
    FROM parameter AS q
    CROSS JOIN wanted_indicator AS i
    CROSS JOIN series AS s ON s.indicator_id = i.id
    JOIN peer AS e ON e.id = s.entity_id
    JOIN unit AS u ON u.id = s.unit_id
   WHERE CASE WHEN q.basis <> 'stored' THEN s.measure = q.measure
              ELSE (s.measure IN ('rank', 'yoy_rank') OR s.measure = 'level' AND i.kind = 'rank')
                   AND (q.among IS NULL OR s.among_id IN (SELECT w.id FROM within AS w)) END
),
-- The best current figure of each series and period, in the order of the view `latest`. Most periods of a series have one.
figure AS NOT MATERIALIZED (
  SELECT o.series_id, o.period_id, o.value, o.high, o.comparator,
         CASE WHEN o.comparator IN ('=', '~', '~<') AND o.high IS NULL THEN o.value END AS exact
    FROM observation AS o
   WHERE o.status IN (SELECT t.code FROM status AS t WHERE t.precedence < 3)
     AND CASE WHEN EXISTS (SELECT 1 FROM observation AS x
                            WHERE x.series_id = o.series_id AND x.period_id = o.period_id
                              AND (x.source_id <> o.source_id OR x.locator <> o.locator))
              THEN (o.source_id, o.locator) IN (SELECT x.source_id, x.locator
                                                  FROM observation AS x
                                                  JOIN status AS t ON t.code = x.status
                                                  JOIN source AS d ON d.id = x.source_id
                                                 WHERE x.series_id = o.series_id AND x.period_id = o.period_id AND t.precedence < 3
                                                 ORDER BY x.value IS NULL, x.comparator <> '=', t.precedence,
                                                          d.published DESC NULLS LAST, d.code, x.locator
                                                 LIMIT 1)
              ELSE 1 END
),
-- Months since the year 0 that a period begins after, and how many it has; days for those counted in days.
span AS MATERIALIZED (
  SELECT p.id, p.code, p.kind, b.id AS year_before, strftime('%Y', p.ends) AS year, strftime('%m', p.ends) + 0 AS month,
         p.kind IN ('months', 'half', 'quarter', 'year') AND strftime('%m-%d', p.starts) = '01-01'
           AND strftime('%Y', p.starts) = strftime('%Y', p.ends) AS is_to_date,
         CASE WHEN p.kind IN ('day', 'days') THEN CAST(julianday(p.starts) + 0.5 AS INTEGER)
              ELSE 12 * strftime('%Y', p.starts) + strftime('%m', p.starts) - 1 END AS begins,
         CASE WHEN p.kind IN ('day', 'days') THEN CAST(julianday(p.ends) - julianday(p.starts) AS INTEGER) + 1
              ELSE 12 * (strftime('%Y', p.ends) - strftime('%Y', p.starts))
                   + strftime('%m', p.ends) - strftime('%m', p.starts) + 1 END AS length
    FROM period AS p
    LEFT JOIN period AS b
      ON p.kind NOT IN ('years', 'days')
     AND b.starts = date(p.starts, '-1 year') AND b.ends = date(p.ends, '+1 day', '-1 year', '-1 day')
),
-- Each figure as a span of places or of growth, from `low` to `high`; NULL is an open end.
ranged AS (
  SELECT m.list, m.series_id, f.period_id, q.basis,
         CASE WHEN q.basis IN ('stored', 'yoy_rising')
              THEN CASE WHEN f.comparator IN ('=', '>=') THEN f.value
                        WHEN f.comparator = '>' THEN f.value + iif(q.basis = 'stored', 1, 1e-9)
                        WHEN q.basis = 'yoy_rising' AND f.comparator IN ('~', '~<') THEN f.value END END AS low,
         CASE WHEN q.basis IN ('stored', 'yoy_rising')
              THEN CASE WHEN f.comparator IN ('=', '<=') THEN coalesce(f.high, f.value)
                        WHEN f.comparator = '<' THEN f.value - iif(q.basis = 'stored', 1, 1e-9)
                        WHEN q.basis = 'yoy_rising' AND f.comparator IN ('~', '~<') THEN f.value END END AS high,
         CASE WHEN q.basis IN ('value', 'yoy') THEN f.exact
              WHEN q.basis IN ('stored', 'yoy_rising') THEN NULL
              WHEN m.is_share THEN round(100 * m.factor * (f.exact - b.exact), 9)
              WHEN b.exact > 0 AND f.exact >= 0 THEN round(100 * (f.exact / b.exact - 1), 9) END AS result,
         CASE m.direction WHEN 'lower' THEN -1 ELSE 1 END AS sign
    FROM member AS m
    CROSS JOIN parameter AS q
    CROSS JOIN figure AS f ON f.series_id = m.series_id
    LEFT JOIN span AS k ON q.basis IN ('growth', 'rising') AND k.id = f.period_id
    LEFT JOIN figure AS b ON b.series_id = f.series_id AND b.period_id = k.year_before
),
placed AS (
  SELECT r.list, r.series_id, r.period_id, r.basis, r.low, r.high, r.result,
         rank() OVER (party ORDER BY r.result IS NULL, r.sign * r.result DESC) AS place, count(r.result) OVER party AS ranked
    FROM ranged AS r
  WINDOW party AS (PARTITION BY r.list, r.period_id)
),
bounded AS (
  SELECT r.list, r.series_id, r.period_id,
         CASE WHEN r.basis IN ('value', 'growth', 'yoy') AND r.result IS NOT NULL THEN r.ranked END AS ranked,
         CASE WHEN r.basis = 'rising' THEN r.result
              WHEN r.basis IN ('value', 'growth', 'yoy') AND r.result IS NOT NULL AND r.ranked > 1 THEN r.place
              WHEN r.basis = 'stored' THEN max(coalesce(r.low, 1), 1) ELSE r.low END AS low,
         CASE WHEN r.basis = 'rising' THEN r.result
              WHEN r.basis IN ('value', 'growth', 'yoy') AND r.result IS NOT NULL AND r.ranked > 1 THEN r.place ELSE r.high END AS high
    FROM placed AS r
),
-- 1 held, 0 not held, NULL undecided.
decided AS MATERIALIZED (
  SELECT b.list, b.series_id, b.period_id, b.ranked,
         CASE WHEN q.basis IN ('rising', 'yoy_rising')
              THEN CASE WHEN b.low > q.least_growth THEN 1 WHEN b.high <= q.least_growth THEN 0 END
              WHEN q.holds = 'or_better' THEN CASE WHEN b.high <= q.place THEN 1 WHEN b.low > q.place THEN 0 END
              WHEN q.holds = 'or_worse' THEN CASE WHEN b.low >= q.place THEN 1 WHEN b.high < q.place THEN 0 END
              WHEN b.low = q.place AND b.high = q.place THEN 1
              WHEN b.low > q.place OR b.high < q.place THEN 0 END AS held
    FROM bounded AS b
    CROSS JOIN parameter AS q
),
-- The periods of each list. One to date goes by months, unless it has no other months than those that end a quarter.
dated AS (
  SELECT d.list, k.id, k.code, k.kind, k.year, k.month, k.is_to_date, k.begins, k.length,
         max(k.is_to_date AND k.kind = 'months') OVER list AS has_to_date,
         max(k.is_to_date AND k.kind = 'months' AND k.month % 3 > 0) OVER list AS is_monthly
    FROM span AS k
    CROSS JOIN (SELECT DISTINCT d.list, d.period_id FROM decided AS d) AS d ON d.period_id = k.id
  WINDOW list AS (PARTITION BY d.list)
),
-- The tracks on which one period follows another, and the number of each period on its track. A first quarter is a quarter and
-- a year to date; the first year to date of a year ends with February, the eleventh with December.
tracked AS (
  SELECT d.list, d.id, d.code, CASE WHEN NOT x.to_date THEN d.kind WHEN d.is_monthly THEN 'ytd_month' ELSE 'ytd_quarter' END AS step,
         iif(x.to_date, 'ytd', d.kind || d.length || '+' || (d.begins % d.length)) AS track,
         CASE WHEN NOT x.to_date THEN d.begins / d.length
              WHEN d.is_monthly THEN 11 * d.year + d.month - 2
              ELSE 4 * d.year + d.month / 3 - 1 END AS number
    FROM dated AS d
    CROSS JOIN (SELECT 0 AS to_date UNION ALL SELECT 1) AS x
   WHERE CASE WHEN x.to_date THEN d.is_to_date AND d.has_to_date ELSE NOT (d.is_to_date AND d.kind = 'months') END
),
linked AS MATERIALIZED (
  SELECT t.list, t.id, t.code, t.step, t.track, t.number,
         CASE WHEN lag(t.number) OVER line = t.number - 1 THEN lag(t.id) OVER line END AS before_id,
         CASE WHEN lead(t.number) OVER line = t.number + 1 THEN lead(t.id) OVER line END AS after_id,
         lead(t.id) OVER line IS NULL AS is_newest
    FROM tracked AS t
  WINDOW line AS (PARTITION BY t.list, t.track ORDER BY t.number)
),
-- Within a streak the number less the count of periods held so far stays the same.
island AS (
  SELECT d.series_id, d.ranked, t.code, t.step, t.track, t.number, t.before_id, t.after_id, t.is_newest,
         t.number - row_number() OVER line AS island,
         lag(t.number) OVER line IS NOT t.number - 1 AS is_first, lead(t.number) OVER line IS NOT t.number + 1 AS is_last
    FROM decided AS d
    JOIN linked AS t ON t.list = d.list AND t.id = d.period_id
   WHERE d.held = 1
  WINDOW line AS (PARTITION BY d.series_id, t.track ORDER BY t.number)
),
streak AS (
  SELECT s.series_id, s.step, count(*) AS length,
         min(CASE WHEN s.is_first THEN s.code END) AS first_period, min(CASE WHEN s.is_last THEN s.code END) AS last_period,
         min(CASE WHEN s.is_first THEN s.before_id END) AS before_id, min(CASE WHEN s.is_last THEN s.after_id END) AS after_id,
         max(s.is_newest) AS is_current, min(s.ranked) AS fewest,
         count(*) = max(count(*)) OVER (PARTITION BY s.series_id, s.track) AS is_longest
    FROM island AS s
   GROUP BY s.series_id, s.track, s.island
)
SELECT i.name AS indicator_name, e.name AS entity_name, c.code AS scope, r.measure, a.name AS among_name,
       CASE WHEN q.basis IN ('rising', 'yoy_rising') THEN printf('> %g%%', q.least_growth)
            ELSE CASE q.holds WHEN 'or_better' THEN '≤ ' WHEN 'or_worse' THEN '≥ ' ELSE '' END || q.place END AS held,
       s.length, s.step, s.first_period, s.last_period,
       CASE WHEN b.series_id IS NULL THEN 'no_figure' WHEN b.held = 0 THEN 'not_held' ELSE 'undecided' END AS before,
       CASE WHEN s.is_current THEN 'newest' WHEN n.series_id IS NULL THEN 'no_figure' WHEN n.held = 0 THEN 'not_held' ELSE 'undecided' END AS after,
       s.is_current, s.is_longest, s.fewest,
       i.name_en AS indicator_name_en, e.name_en AS entity_name_en, a.name_en AS among_name_en,
       i.code AS indicator, e.code AS entity, a.code AS among
  FROM parameter AS q
  CROSS JOIN streak AS s
  CROSS JOIN series AS r ON r.id = s.series_id
  JOIN indicator AS i ON i.id = r.indicator_id
  JOIN entity AS e ON e.id = r.entity_id
  JOIN scope AS c ON c.id = r.scope_id
  LEFT JOIN entity AS a ON a.id = r.among_id
  LEFT JOIN decided AS b ON b.series_id = s.series_id AND b.period_id = s.before_id
  LEFT JOIN decided AS n ON n.series_id = s.series_id AND n.period_id = s.after_id
 WHERE s.length >= q.shortest
   AND r.entity_id IN (SELECT w.id FROM wanted_entity AS w)
   AND CASE q.show WHEN 'longest' THEN s.is_longest WHEN 'current' THEN s.is_current ELSE 1 END
 ORDER BY s.length DESC, s.is_current DESC, i.code, e.code, c.code, r.measure, a.code, s.step, s.first_period;
