-- name: value-outliers
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
-- column: class | 类别 | the class, see above
-- column: basis | 对照：past、peers、newest | what it is compared with: past, peers, newest
-- column: ratio | 数值与中位数之比 | value over median
-- column: power | 接近的单位差错倍数 | the slip that the ratio, or its inverse, is near
-- column: median | 对照数据的中位数，单位同 unit；newest 且为流量的是月均 | median compared with, in `unit`; per month for a flow under newest
-- column: others | 对照数据的个数 | number of figures in the median
WITH
parameter AS (
  SELECT CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity, coalesce(CAST(:factor AS REAL), 20.0) AS factor
),
wanted_indicator AS (
  SELECT i.code, i.kind
    FROM parameter AS q
    CROSS JOIN indicator AS i
   WHERE q.indicator IS NULL OR q.indicator IN (i.code, i.name, i.name_en)
         OR i.id IN (SELECT a.indicator_id FROM alias AS a WHERE a.kind = 'indicator' AND a.name = q.indicator)
),
wanted_entity AS (
  SELECT e.code
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.entity IS NULL OR q.entity IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.entity)
),
-- Every figure of the indicators asked for, of all entities: the others are what it is compared with. `months`: that the
-- period touches.
figure AS (
  SELECT row_number() OVER (ORDER BY o.indicator, o.entity, o.scope, o.measure, o.among, o.starts, o.ends, o.source, o.locator)
           AS figure,
         o.indicator, o.indicator_name, o.indicator_name_en, o.entity, o.entity_name, o.entity_name_en, o.scope,
         o.measure, o.among, o.period, o.starts, o.ends, o.value, o.high, o.comparator, o.unit, o.status, o.printed,
         o.source, o.locator, d.published, t.precedence, t.missing, i.kind, k.kind AS period_kind,
         CASE WHEN e.kind IN ('district', 'county', 'city') THEN 'county' ELSE e.kind END AS rank,
         12 * (strftime('%Y', o.ends) - strftime('%Y', o.starts)) + strftime('%m', o.ends) - strftime('%m', o.starts) + 1
           AS months
    FROM observations AS o
    JOIN wanted_indicator AS i ON i.code = o.indicator
    JOIN entity AS e ON e.code = o.entity
    JOIN period AS k ON k.code = o.period
    JOIN status AS t ON t.code = o.status
    JOIN source AS d ON d.code = o.source
),
-- The levels, each with the best number of its series and period, which stands for it in the medians.
level AS (
  SELECT f.figure, f.indicator, f.entity, f.scope, f.period, f.starts, f.ends, f.value, f.kind, f.period_kind, f.months, f.rank,
         first_value(f.figure) OVER (PARTITION BY f.indicator, f.entity, f.scope, f.period
                                     ORDER BY f.comparator <> '=', f.precedence, f.published DESC NULLS LAST,
                                              f.source, f.locator) AS member
    FROM figure AS f
   WHERE f.measure = 'level' AND f.value IS NOT NULL AND f.kind <> 'rank'
),
pool AS (
  SELECT b.member, b.indicator, b.entity, b.scope, b.period, b.starts, b.ends, b.value, b.rank,
         -- A day's figure of a flow has no length to spread it over.
         CASE WHEN b.kind <> 'flow' THEN 1 WHEN b.period_kind <> 'day' THEN b.months END AS months,
         CASE WHEN b.kind = 'flow' THEN b.period_kind || b.months END AS length,
         count(*) OVER (PARTITION BY b.indicator, b.rank, b.period) > 1 AS has_peers,
         row_number() OVER (PARTITION BY b.indicator, b.entity, b.scope ORDER BY b.ends DESC, b.starts) = 1 AS is_newest
    FROM level AS b
   WHERE b.member = b.figure
),
-- Who is compared with whom: the members of one basis and group. `before` and `after`: the neighbours in time.
grouped (basis, party, member, value, months, before, after, judged) AS (
  SELECT 'past', dense_rank() OVER (ORDER BY p.indicator, p.entity, p.scope, p.length), p.member, p.value, 1,
         lag(p.value) OVER run, lead(p.value) OVER run, 1
    FROM pool AS p
  WINDOW run AS (PARTITION BY p.indicator, p.entity, p.scope, p.length ORDER BY p.ends, p.starts)
  UNION ALL
  SELECT 'peers', dense_rank() OVER (ORDER BY p.indicator, p.rank, p.period), p.member, p.value, 1, NULL, NULL, 1
    FROM pool AS p
  UNION ALL
  SELECT 'newest', dense_rank() OVER (ORDER BY p.indicator, p.rank), p.member, p.value / p.months, p.months, NULL, NULL,
         NOT p.has_peers
    FROM pool AS p
   WHERE p.is_newest AND p.months IS NOT NULL
),
sorted AS (
  SELECT g.basis, g.party, g.member, g.months, g.value, g.before, g.after, g.judged,
         row_number() OVER (PARTITION BY g.basis, g.party ORDER BY g.value, g.member) AS place,
         count(*) OVER (PARTITION BY g.basis, g.party) AS members
    FROM grouped AS g
),
-- The three in the middle of each group, of which the median of all but one member can be made.
middle AS (
  SELECT s.basis, s.party,
         max(CASE WHEN s.place = s.members / 2 THEN s.value END) AS below,
         max(CASE WHEN s.place = s.members / 2 + 1 THEN s.value END) AS at,
         max(CASE WHEN s.place = s.members / 2 + 2 THEN s.value END) AS above
    FROM sorted AS s
   WHERE s.members > 1
   GROUP BY s.basis, s.party
),
compared AS (
  SELECT s.basis, s.member, s.months, s.before, s.after, s.members - 1 AS others,
         CASE WHEN s.members % 2 = 0 THEN iif(s.place > s.members / 2, m.below, m.at)
              ELSE (iif(s.place > s.members / 2, m.below, m.at)
                      + iif(s.place > s.members / 2 + 1, m.at, m.above)) / 2 END AS median
    FROM sorted AS s
    JOIN middle AS m ON m.basis = s.basis AND m.party = s.party
   WHERE s.judged
),
-- Each level, the best of its series and period or not, against the medians.
judged AS MATERIALIZED (
  SELECT f.figure, c.basis, c.median, c.others, f.value / c.months / c.median AS ratio,
         max(f.value / c.months / c.median, c.median / (f.value / c.months)) AS times
    FROM level AS f
    CROSS JOIN compared AS c ON c.member = f.member
   WHERE f.value / c.months / c.median > 0
     AND (c.basis <> 'past'
          OR NOT coalesce(c.before / f.value BETWEEN 1 / 3.0 AND 3, 1)
          OR NOT coalesce(c.after / f.value BETWEEN 1 / 3.0 AND 3, 1))
),
slip AS (
  SELECT j.figure, j.basis, j.median, j.others, j.ratio, j.times,
         CASE WHEN j.times BETWEEN 1e2 / 3 AND 3e2 THEN 100
              WHEN j.times BETWEEN 1e3 / 3 AND 3e3 THEN 1000
              WHEN j.times BETWEEN 1e4 / 3 AND 3e4 THEN 10000
              WHEN j.times BETWEEN 1e6 / 3 AND 3e6 THEN 1000000
              WHEN j.times BETWEEN 1e8 / 3 AND 3e8 THEN 100000000 END AS power
    FROM judged AS j
),
finding AS (
  SELECT s.figure, s.basis, s.median, s.others, s.ratio, s.power,
         CASE WHEN s.power IS NOT NULL THEN 'unit_slip' WHEN s.basis = 'past' THEN 'far_from_past' ELSE 'far_from_peers' END
           AS class
    FROM parameter AS q
    CROSS JOIN slip AS s
   WHERE s.power IS NOT NULL OR s.times > q.factor
  UNION ALL
  SELECT f.figure, NULL, NULL, NULL, NULL, NULL, 'share_out_of_range'
    FROM figure AS f
   WHERE f.measure = 'level' AND f.kind = 'ratio' AND f.unit = '%' AND (f.value < 0 OR coalesce(f.high, f.value) > 100)
  UNION ALL
  SELECT f.figure, NULL, NULL, NULL, NULL, NULL, 'after_publication'
    FROM figure AS f
   WHERE f.ends > f.published AND f.status NOT IN ('F', 'P') AND NOT f.missing
)
SELECT x.class, x.basis, f.indicator_name, f.entity_name, f.scope, f.measure, f.period, f.printed, f.unit,
       CASE WHEN x.ratio IS NOT NULL THEN CAST(printf('%.4g', x.ratio) AS REAL) END AS ratio, x.power, round(x.median, 6) AS median, x.others,
       f.value, f.status, f.source, f.locator, f.published, f.indicator_name_en, f.entity_name_en,
       f.indicator, f.entity, f.among
  FROM finding AS x
  JOIN figure AS f ON f.figure = x.figure
 WHERE f.entity IN (SELECT w.code FROM wanted_entity AS w)
 ORDER BY CASE x.class WHEN 'unit_slip' THEN 1 WHEN 'far_from_past' THEN 2 WHEN 'far_from_peers' THEN 3
                       WHEN 'share_out_of_range' THEN 4 ELSE 5 END,
          f.figure, x.basis;
