-- name: value-outliers
-- family: honesty
-- about: Figures that may be misprinted, in a wrong unit or misdated: levels far from the median of their own other periods or of others
--   in the same period, shares outside 0 to 100 %, and figures of periods that end after their source was published.
--   Classes: unit_slip (the ratio to the median is within a factor of 3 of 100, 1000, 10 000, a million or 100 million:
--   perhaps 万 for 亿, or % for a share); far_from_past, far_from_peers (else beyond `factor` times the median, or under its like part);
--   share_out_of_range (a ratio in % under 0 or over 100; rates of completion may rightly be over); after_publication (the period ends after the
--   source's date, and the figure is neither a forecast nor provisional). A row is a question to the source, not a finding.
--   Compared with: past (the same series' other periods; of a flow those of the same kind and length; where the figure also departs
--   by more than a factor of 3 from the period before or after, so that steady growth is no outlier), peers (other entities of the
--   same rank, and other scopes, in the same period; districts, counties and county-level cities are one rank), newest (where there are no such peers:
--   the newest figure of a series against the newest of others; of a flow, per month of its period).
--   Each series and period stands in a median once, with its best number. Zeros and numbers of unlike sign give no ratio; ranks are left out.
-- about_zh: 可能印错、单位不对或时期不对的数据：与自身其他时期或同期同类对象的中位数相差悬殊的水平值，0 至 100% 之外的占比，时期末日晚于来源发布日的数据。
--   类别：unit_slip 与中位数之比在 100、1000、1 万、100 万、1 亿的 3 倍以内（或为万、亿之误，百分数与小数之误）；
--   far_from_past、far_from_peers 此外超过中位数的 factor 倍或不到其几分之一；share_out_of_range 单位为 % 的比率小于 0 或大于 100（完成率可以超过 100）；
--   after_publication 时期末日晚于来源发布日，而数据既非预测数也非初步数。列出的是须查对原文的疑点，不是结论。
--   对照：past 同一序列的其他时期（流量只比同类型、同长短的时期；且与前一期或后一期相差也超过 3 倍，平稳增长的不算）；
--   peers 同期、同级别的其他对象和其他口径（市辖区、县、县级市为同一级别）；newest 没有这样的同类时，序列最新值对其他序列的最新值（流量按所在时期的月均）。
--   每个序列、时期以最可信的数计入中位数一次。零和正负相反的数不算比值；位次不算。
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为全部 | indicator: code, name or alias; default: every one
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- param: factor number = 20  | 超过中位数多少倍（或不到几分之一）算悬殊 | how many times the median (or what part of it) is far
-- columns: class, basis, indicator_name, entity_name, scope, measure, period, printed, unit, ratio, power, median, others,
--   value, status, source, locator, published, indicator_name_en, entity_name_en, indicator, entity, among
-- shown: class, basis, indicator_name, entity_name, scope, period, printed, unit, median, others, ratio, source, locator
-- severity: class | warning: unit_slip, share_out_of_range | note: far_from_past, far_from_peers, after_publication
-- finding: {entity_name}{period} {indicator_name}印作 {printed}，可疑：{class}
--   | {indicator_name_en} of {entity_name_en} in {period}: {printed} is doubtful, {class}
-- column: class | 类别 | the class, see above
-- column: basis | 对照：past、peers、newest | what it is compared with: past, peers, newest
-- column: ratio | 比值：数值与中位数之比 | value over median
-- column: power | 接近的单位差错倍数 | the slip that the ratio, or its inverse, is near
-- column: median | 中位数：对照数据的中位数，单位同 unit；newest 且为流量的是月均 | median compared with, in `unit`; per month for a flow under newest
-- column: others | 对照数：对照数据的个数 | number of figures in the median
WITH
-- `least`: the smallest ratio to a median that any class asks for.
parameter AS (
  SELECT CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity, coalesce(CAST(:factor AS REAL), 20.0) AS factor,
         min(coalesce(CAST(:factor AS REAL), 20.0), 1e2 / 3) * (1 - 1e-9) AS least
),
wanted_entity AS (
  SELECT e.id
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.entity IS NULL OR q.entity IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.entity)
),
wanted_indicator AS (
  SELECT i.id, i.kind
    FROM parameter AS q
    CROSS JOIN indicator AS i
   WHERE (q.indicator IS NULL OR q.indicator IN (i.code, i.name, i.name_en)
          OR i.id IN (SELECT a.indicator_id FROM alias AS a WHERE a.kind = 'indicator' AND a.name = q.indicator))
     AND (q.entity IS NULL OR i.id IN (SELECT s.indicator_id FROM wanted_entity AS w JOIN series AS s ON s.entity_id = w.id))
),
-- `months`: that the period touches. `age`: 1 for the newest.
calendar AS MATERIALIZED (
  SELECT p.id, p.kind, p.months, p.kind || p.months AS length, p.starts, p.ends,
         row_number() OVER (ORDER BY p.ends DESC, p.starts) AS age
    FROM (SELECT x.id, x.kind, x.starts, x.ends,
                 12 * (strftime('%Y', x.ends) - strftime('%Y', x.starts)) + strftime('%m', x.ends) - strftime('%m', x.starts) + 1
                   AS months
            FROM period AS x) AS p
),
-- The series whose levels are compared: of all entities, as the others are what a figure is held against.
level AS MATERIALIZED (
  SELECT s.id, s.indicator_id, i.kind, CASE WHEN e.kind IN ('district', 'county', 'city') THEN 'county' ELSE e.kind END AS rank,
         s.lowest, s.highest
    FROM wanted_indicator AS i
    CROSS JOIN series AS s ON s.indicator_id = i.id AND s.measure = 'level'
    CROSS JOIN entity AS e ON e.id = s.entity_id
   WHERE i.kind <> 'rank'
),
-- Where all figures of a rank, which the summaries of its series tell without reading one, are of one sign and the highest is not
-- far from the lowest, none is far from the others. Only the rest has to be read,
doubtful AS MATERIALIZED (
  SELECT l.id
    FROM (SELECT v.indicator_id, v.rank
            FROM parameter AS q
            CROSS JOIN level AS v
           GROUP BY v.indicator_id, v.rank
          HAVING NOT (min(v.lowest) > 0 AND max(v.highest) < min(v.lowest) * q.least
                      OR max(v.highest) < 0 AND min(v.lowest) > max(v.highest) * q.least)) AS r
    CROSS JOIN level AS l ON l.indicator_id = r.indicator_id AND l.rank = r.rank
),
-- and the newest figure of the others' flows, whose periods may differ in length. The period is that of the least age.
recent AS (
  SELECT o.series_id, o.period_id, min(k.age) AS age
    FROM observation AS o
    CROSS JOIN calendar AS k ON k.id = o.period_id
   WHERE o.series_id IN (SELECT l.id FROM level AS l WHERE l.kind = 'flow' AND l.id NOT IN (SELECT d.id FROM doubtful AS d))
     AND o.value IS NOT NULL
   GROUP BY o.series_id
),
-- Their periods, most of which have one figure.
filled AS (
  SELECT o.series_id, o.period_id, o.value, count(*) AS figures
    FROM observation AS o
   WHERE o.series_id IN (SELECT d.id FROM doubtful AS d) AND o.value IS NOT NULL
   GROUP BY o.series_id, o.period_id
   UNION ALL
  SELECT o.series_id, o.period_id, o.value, count(*)
    FROM recent AS r
    CROSS JOIN observation AS o ON o.series_id = r.series_id AND o.period_id = r.period_id AND o.value IS NOT NULL
   GROUP BY o.series_id, o.period_id
),
-- Where there are several, the best number stands for the period in the medians; `low` and `high` tell how far they reach.
contested AS (
  SELECT o.series_id, o.period_id, o.value, min(o.value) OVER figures AS low, max(o.value) OVER figures AS high,
         row_number() OVER (PARTITION BY o.series_id, o.period_id
                            ORDER BY o.comparator <> '=', t.precedence, d.published DESC NULLS LAST, d.code, o.locator) AS choice
    FROM filled AS f
    CROSS JOIN observation AS o ON o.series_id = f.series_id AND o.period_id = f.period_id AND o.value IS NOT NULL
    JOIN status AS t ON t.code = o.status
    JOIN source AS d ON d.id = o.source_id
   WHERE f.figures > 1
  WINDOW figures AS (PARTITION BY o.series_id, o.period_id)
),
pool AS MATERIALIZED (
  SELECT l.indicator_id, l.rank, p.series_id, p.period_id, p.value, p.low, p.high
    FROM (SELECT f.series_id, f.period_id, f.value, f.value AS low, f.value AS high FROM filled AS f WHERE f.figures = 1
           UNION ALL
          SELECT c.series_id, c.period_id, c.value, c.low, c.high FROM contested AS c WHERE c.choice = 1) AS p
    CROSS JOIN level AS l ON l.id = p.series_id
),
-- Those of one rank in one period. `steady`: of one sign, and the highest not far from the lowest, so that none is far from the
-- others; a series is steady likewise.
party AS MATERIALIZED (
  SELECT p.indicator_id, p.rank, p.period_id,
         min(p.low) > 0 AND max(p.high) < min(p.low) * q.least OR max(p.high) < 0 AND min(p.low) > max(p.high) * q.least AS steady
    FROM parameter AS q
    CROSS JOIN pool AS p
   GROUP BY p.indicator_id, p.rank, p.period_id
  HAVING count(*) > 1
),
-- The newest figure of each series. The other columns are those of the row with the least age, which no two share.
newest AS (
  SELECT p.indicator_id, p.rank, p.series_id, p.period_id, p.value, p.low, p.high, min(k.age) AS age,
         -- A day's figure of a flow has no length to spread it over.
         CASE WHEN i.kind <> 'flow' THEN 1 WHEN k.kind <> 'day' THEN k.months END AS months
    FROM pool AS p
    CROSS JOIN indicator AS i ON i.id = p.indicator_id
    CROSS JOIN calendar AS k ON k.id = p.period_id
   GROUP BY p.series_id
),
-- Who is compared with whom: the members of one basis and group. `before` and `after`: the neighbours in time.
grouped (basis, a, b, c, series_id, period_id, value, low, high, months, before, after) AS (
  SELECT 'past', p.series_id, CASE WHEN i.kind = 'flow' THEN k.length END, NULL, p.series_id, p.period_id, p.value, p.low, p.high, 1,
         lag(p.value) OVER run, lead(p.value) OVER run
    FROM parameter AS q
    CROSS JOIN pool AS p
    CROSS JOIN series AS s ON s.id = p.series_id
    CROSS JOIN indicator AS i ON i.id = p.indicator_id
    CROSS JOIN calendar AS k ON k.id = p.period_id
   WHERE NOT (s.lowest > 0 AND s.highest < s.lowest * q.least OR s.highest < 0 AND s.lowest > s.highest * q.least)
  WINDOW run AS (PARTITION BY p.series_id, CASE WHEN i.kind = 'flow' THEN k.length END ORDER BY k.ends, k.starts)
  UNION ALL
  SELECT 'peers', p.indicator_id, p.rank, p.period_id, p.series_id, p.period_id, p.value, p.low, p.high, 1, NULL, NULL
    FROM pool AS p
   WHERE (p.indicator_id, p.rank, p.period_id) IN (SELECT x.indicator_id, x.rank, x.period_id FROM party AS x WHERE NOT x.steady)
  UNION ALL
  SELECT 'newest', n.indicator_id, n.rank, NULL, n.series_id, n.period_id, n.value / n.months, n.low / n.months, n.high / n.months,
         n.months, NULL, NULL
    FROM newest AS n
   WHERE n.months IS NOT NULL
),
counted AS (
  SELECT g.basis, g.a, g.b, g.c, g.series_id, g.period_id, g.value, g.low, g.high, g.months, g.before, g.after,
         count(*) OVER (PARTITION BY g.basis, g.a, g.b, g.c) AS members
    FROM grouped AS g
),
-- The three in the middle of each group, of which the median of all but one member can be made.
middle AS (
  SELECT c.basis, c.a, c.b, c.series_id, c.period_id, c.value, c.low, c.high, c.months, c.before, c.after, c.members,
         nth_value(c.value, c.members / 2) OVER party AS below, nth_value(c.value, c.members / 2 + 1) OVER party AS at,
         nth_value(c.value, c.members / 2 + 2) OVER party AS above
    FROM counted AS c
   WHERE c.members > 1
  WINDOW party AS (PARTITION BY c.basis, c.a, c.b, c.c ORDER BY c.value
                   ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
),
-- Of members with one number it does not matter which is left out.
compared AS (
  SELECT m.basis, m.a, m.b, m.series_id, m.period_id, m.low, m.high, m.months, m.before, m.after, m.members - 1 AS others,
         CASE WHEN m.members % 2 = 0 THEN iif(m.value >= m.at, m.below, m.at)
              ELSE (iif(m.value >= m.at, m.below, m.at) + iif(m.value > m.at, m.at, m.above)) / 2 END AS median
    FROM middle AS m
),
far AS (
  SELECT c.basis, c.series_id, c.period_id, c.months, c.before, c.after, c.others, c.median
    FROM parameter AS q
    CROSS JOIN compared AS c
   WHERE c.median <> 0
     AND NOT (min(c.low / c.median, c.high / c.median) > 1 / q.least AND max(c.low / c.median, c.high / c.median) < q.least)
     -- The newest is compared only where no other of the rank has a figure in its period.
     AND (c.basis <> 'newest'
          OR NOT EXISTS (SELECT 1
                           FROM level AS l
                           CROSS JOIN observation AS o
                             ON o.series_id = l.id AND o.period_id = c.period_id AND o.value IS NOT NULL
                          WHERE l.indicator_id = c.a AND l.rank = c.b AND l.id <> c.series_id))
),
-- Each level, the best of its series and period or not, against the medians.
judged AS MATERIALIZED (
  SELECT o.series_id, o.period_id, o.source_id, o.locator, c.basis, c.median, c.others, o.value / c.months / c.median AS ratio,
         max(o.value / c.months / c.median, c.median / (o.value / c.months)) AS times
    FROM far AS c
    CROSS JOIN observation AS o ON o.series_id = c.series_id AND o.period_id = c.period_id
   WHERE o.value / c.months / c.median > 0
     AND (c.basis <> 'past'
          OR NOT coalesce(c.before / o.value BETWEEN 1 / 3.0 AND 3, 1)
          OR NOT coalesce(c.after / o.value BETWEEN 1 / 3.0 AND 3, 1))
),
slip AS (
  SELECT j.series_id, j.period_id, j.source_id, j.locator, j.basis, j.median, j.others, j.ratio, j.times,
         CASE WHEN j.times BETWEEN 1e2 / 3 AND 3e2 THEN 100
              WHEN j.times BETWEEN 1e3 / 3 AND 3e3 THEN 1000
              WHEN j.times BETWEEN 1e4 / 3 AND 3e4 THEN 10000
              WHEN j.times BETWEEN 1e6 / 3 AND 3e6 THEN 1000000
              WHEN j.times BETWEEN 1e8 / 3 AND 3e8 THEN 100000000 END AS power
    FROM judged AS j
),
finding AS (
  SELECT s.series_id, s.period_id, s.source_id, s.locator, s.basis, s.median, s.others, s.ratio, s.power,
         CASE WHEN s.power IS NOT NULL THEN 'unit_slip' WHEN s.basis = 'past' THEN 'far_from_past' ELSE 'far_from_peers' END
           AS class
    FROM parameter AS q
    CROSS JOIN slip AS s
   WHERE s.power IS NOT NULL OR s.times > q.factor
  UNION ALL
  SELECT o.series_id, o.period_id, o.source_id, o.locator, NULL, NULL, NULL, NULL, NULL, 'share_out_of_range'
    FROM wanted_indicator AS i
    CROSS JOIN series AS s ON s.indicator_id = i.id AND s.measure = 'level'
    CROSS JOIN unit AS u ON u.id = s.unit_id AND u.code = '%'
    CROSS JOIN observation AS o ON o.series_id = s.id
   WHERE i.kind = 'ratio' AND +s.entity_id IN (SELECT w.id FROM wanted_entity AS w)
     AND (o.value < 0 OR coalesce(o.high, o.value) > 100)
  UNION ALL
  SELECT o.series_id, o.period_id, o.source_id, o.locator, NULL, NULL, NULL, NULL, NULL, 'after_publication'
    FROM wanted_indicator AS i
    CROSS JOIN series AS s ON s.indicator_id = i.id
    CROSS JOIN observation AS o ON o.series_id = s.id
    CROSS JOIN status AS t ON t.code = o.status
   WHERE +s.entity_id IN (SELECT w.id FROM wanted_entity AS w)
     -- Few periods end after the first publication, so most rows need no look at the pairs.
     AND +o.period_id IN (SELECT p.id FROM period AS p WHERE p.ends > (SELECT min(d.published) FROM source AS d))
     AND (+o.period_id, +o.source_id) IN (SELECT p.id, d.id FROM source AS d JOIN period AS p ON p.ends > d.published)
     AND o.status NOT IN ('F', 'P') AND NOT t.missing
)
SELECT x.class, x.basis, i.name AS indicator_name, e.name AS entity_name, c.code AS scope, s.measure, p.code AS period,
       coalesce(o.printed,
                CASE WHEN o.value = CAST(o.value AS INTEGER) THEN CAST(CAST(o.value AS INTEGER) AS TEXT)
                     ELSE CAST(o.value AS TEXT) END)
         || iif(o.value IS NULL, '', ifnull(' ' || o.printed_unit, '')) AS printed,
       u.code AS unit,
       CASE WHEN x.ratio IS NOT NULL THEN CAST(printf('%.4g', x.ratio) AS REAL) END AS ratio, x.power,
       round(x.median, 6) AS median, x.others, o.value, o.status, d.code AS source, o.locator, d.published,
       i.name_en AS indicator_name_en, e.name_en AS entity_name_en, i.code AS indicator, e.code AS entity, a.code AS among
  FROM finding AS x
  CROSS JOIN observation AS o
    ON o.series_id = x.series_id AND o.period_id = x.period_id AND o.source_id = x.source_id AND o.locator = x.locator
  CROSS JOIN series AS s ON s.id = x.series_id
  JOIN indicator AS i ON i.id = s.indicator_id
  JOIN entity AS e ON e.id = s.entity_id
  JOIN scope AS c ON c.id = s.scope_id
  JOIN unit AS u ON u.id = s.unit_id
  JOIN period AS p ON p.id = x.period_id
  JOIN source AS d ON d.id = x.source_id
  LEFT JOIN entity AS a ON a.id = s.among_id
 WHERE s.entity_id IN (SELECT w.id FROM wanted_entity AS w)
 ORDER BY CASE x.class WHEN 'unit_slip' THEN 1 WHEN 'far_from_past' THEN 2 WHEN 'far_from_peers' THEN 3
                       WHEN 'share_out_of_range' THEN 4 ELSE 5 END,
          i.code, e.code, c.code, s.measure, a.code, p.starts, p.ends, d.code, o.locator, x.basis;
