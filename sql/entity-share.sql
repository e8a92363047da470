-- name: entity-share
-- about: The share of an entity in the whole that it is part of, and in the sum of its peers; the primacy of the largest.
--   share_of_whole = 100 * value / value of the parent (or of the entity in `whole`); share_of_peers = 100 * value / sum of the peers that
--   have a figure.
--   Peers are the entities of one rank (districts, counties and county-level cities are one) with the same parent, or within `whole`.
--   Primacy (首位度) stands in the row of the largest: its share of the whole; S2 = P1/P2 (about 2 is usual), S4 = P1/(P2+P3+P4), S11 =
--   2*P1/(P2+...+P11) (about 1 is usual), P1, P2, ... by size; empty where there are fewer peers with a figure than an index needs.
--   Only flows and stocks are shared out, one indicator, scope and period at a time; of what is named per head, per mu or on average (人均, 亩均,
--   户均, 平均, per capita) there are no shares: per_head.
--   Without a period: the newest in which an entity has a figure beside its whole or a peer. Forecasts do not count; 约 and 近 count as their
--   number.
--   Without an indicator: the ten that most entities have figures of.
--   Reasons for empty shares: per_head, no_observation, textual_value, bound_value, negative_value (one of the peers or the whole is below
--   zero), zero_whole (whole or sum is zero), single_entity; beside shares, as warnings: sum_exceeds_whole (the peers add up to more than the
--   whole), peers_incomplete (peers without a figure: the sum and the indices lack them); for an empty share of the whole: missing_whole,
--   bound_whole.
-- about_zh: 一个对象占其整体的比重、占同类合计的比重，以及首位度。
--   share_of_whole = 100 × 数值 ÷ 上级（或 whole 所指对象）的数值；share_of_peers = 100 × 数值 ÷ 有数的同类合计。
--   同类：上级相同（或在 whole 以内）的同级别对象（市辖区、县、县级市为同一级别）。
--   首位度列在最大对象的行内：占整体比重；两城市指数 S2 = P1/P2（通常约为 2），四城市指数 S4 = P1/(P2+P3+P4)，
--   十一城市指数 S11 = 2P1/(P2+…+P11)（通常约为 1），P1、P2……按大小；有数的同类不够的为空。
--   只算流量和存量，同一指标、口径、时期；名称含人均、亩均、户均、平均的指标没有比重（per_head）。
--   未给时期时取有整体数或另有同类数的最新时期。不用预测数；“约”“近”按其数。未给指标时列出数据对象最多的十个指标。
--   原因：比重为空的：per_head 人均等平均数，no_observation 无数据，textual_value 文字数据，bound_value 界限值，negative_value 同类或整体有负数，zero_whole 整体或合计为零，
--   single_entity 只有一个对象；有比重而须注意的：sum_exceeds_whole 同类合计大于整体，peers_incomplete 有同类缺数，合计和指数不含它们；
--   占整体比重为空的：missing_whole 缺整体数，bound_whole 整体是界限值。
-- family: comparison
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为数据对象最多的十个
--   | indicator: code, name or alias; default: the ten that most entities have
-- param: whole text = null in entity  | 整体：算占它的比重；空为各对象的上级 | the entity to take shares of; default: each entity's parent
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- param: period text = null  | 时期，如 2022；every 为各期；空为最新 | the period, such as 2022; every: all of them; default: the newest
-- columns: indicator_name, scope, period, whole_name, rank_of, place, entity_name, value, unit, share_of_whole, share_of_peers,
--   share_change, previous_period, primacy, s2, s4, s11, counted, peers, whole_value, peers_sum, reason, printed, comparator, status,
--   indicator_name_en, entity_name_en, whole_name_en, source, locator, indicator, entity, whole
-- shown: indicator_name, scope, period, whole_name, place, entity_name, printed, unit, share_of_whole, share_of_peers, share_change, s2,
--   s4, s11, reason
-- column: indicator_name | 指标 | the indicator
-- column: entity_name | 对象 | the entity
-- column: period | 时期 | the period
-- column: value | 数值，单位同 unit；范围的低端 | the value, in `unit`; the low end of a range
-- column: unit | 数值的单位 | unit of the values
-- column: entity | 对象的代码 | code of the entity
-- column: whole_name | 整体 | the whole
-- column: whole_name_en | 整体的英文名 | the whole's name in English
-- column: whole | 整体的代码 | the whole's code
-- column: rank_of | 同级对象：county 为区县，其余为对象类别 | who the peers are: county for districts, counties and cities, else the kind
-- column: place | 位次：按数值从大到小的位次，并列空位 | place by size; equals share a place and the next is skipped
-- column: share_of_whole | 占整体的比重（%），四位小数 | share of the whole, %, to 4 decimals
-- column: share_of_peers | 占同类比重：占有数同类合计的比重（%），四位小数 | share of the sum of the peers that have a figure, %, to 4 decimals
-- column: share_change | 比重变化：占整体比重比上一时期的变化（百分点），四位小数 | change of the share of the whole since the period before, percentage points, to 4 decimals
-- column: previous_period | 对比的上一时期（同类型、同长短） | the period before, of the same kind and length
-- column: primacy | 首位度：最大对象占整体的比重（%），四位小数 | primacy: the largest entity's share of the whole, %, to 4 decimals
-- column: s2 | 两城市指数（倍），四位小数 | two-city index, times, to 4 decimals
-- column: s4 | 四城市指数（倍），四位小数 | four-city index, times, to 4 decimals
-- column: s11 | 十一城市指数（倍），四位小数 | eleven-city index, times, to 4 decimals
-- column: counted | 有数的同类对象数 | peers with a figure, this one included
-- column: peers | 同类对象数，含无数的 | peers, with or without a figure
-- column: whole_value | 整体的数值，单位同 unit | value of the whole, in `unit`
-- column: peers_sum | 有数同类的合计，单位同 unit | sum of the peers that have a figure, in `unit`
-- column: reason | 原因 | the reason's code, see above
-- column: printed | 数据（如印） | the figure as printed
-- chart: bar x=entity_name y=share_of_peers
WITH RECURSIVE
parameter AS (
  SELECT CAST(:indicator AS TEXT) AS indicator, CAST(:whole AS TEXT) AS whole, CAST(:entity AS TEXT) AS entity,
         CAST(:period AS TEXT) AS period
),
-- Who lies in which whole: in the one asked for, at any depth, or else in the parent.
within (id, whole_id) AS (
  SELECT e.id, e.id
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.whole IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.whole)
  UNION
  SELECT e.id, w.whole_id
    FROM within AS w
    CROSS JOIN entity AS e ON e.parent_id = w.id
),
wanted_entity AS (
  SELECT e.id
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.entity IS NULL OR q.entity IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.entity)
),
-- Of one entity asked for only its own wholes and ranks matter.
part AS (
  SELECT e.id, e.whole_id, e.rank, e.valid_from, e.valid_to,
         max(e.id IN (SELECT x.id FROM wanted_entity AS x)) OVER (PARTITION BY e.whole_id, e.rank) AS matters
    FROM (SELECT e.id, coalesce(w.whole_id, e.parent_id) AS whole_id, e.valid_from, e.valid_to,
                 CASE WHEN e.kind IN ('district', 'county', 'city') THEN 'county' ELSE e.kind END AS rank
            FROM parameter AS q
            CROSS JOIN entity AS e
            LEFT JOIN within AS w ON w.id = e.id AND w.whole_id <> e.id
           WHERE CASE WHEN q.whole IS NULL THEN e.parent_id ELSE w.whole_id END IS NOT NULL) AS e
),
peer AS (
  SELECT p.id, p.whole_id, p.rank, p.valid_from, p.valid_to FROM part AS p WHERE p.matters
),
shareable AS (
  SELECT i.id, i.code, i.name, i.name_en,
         i.name LIKE '%人均%' OR i.name LIKE '%亩均%' OR i.name LIKE '%户均%' OR i.name LIKE '%平均%'
           OR ifnull(i.name_en, '') LIKE '%per capita%' AS is_mean
    FROM indicator AS i
   WHERE i.kind IN ('flow', 'stock')
),
popular AS (
  SELECT c.indicator_id
    -- IN and the plus signs keep to the index by indicator, in whose order counting needs no sort.
    FROM (SELECT s.indicator_id, count(DISTINCT s.entity_id) AS entities
            FROM series AS s
           WHERE s.indicator_id IN (SELECT i.id
                                      FROM parameter AS q
                                      CROSS JOIN indicator AS i
                                     WHERE q.indicator IS NULL
                                       AND (q.entity IS NULL
                                            OR i.id IN (SELECT x.indicator_id FROM series AS x WHERE x.entity_id IN (SELECT w.id FROM wanted_entity AS w))))
             AND +s.measure = 'level' AND +s.entity_id IN (SELECT e.id FROM peer AS e)
           GROUP BY s.indicator_id) AS c
    JOIN shareable AS i ON i.id = c.indicator_id AND NOT i.is_mean
   ORDER BY c.entities DESC, i.code
   LIMIT 10
),
wanted_indicator AS (
  SELECT i.id, i.is_mean
    FROM parameter AS q
    CROSS JOIN shareable AS i
   WHERE q.indicator IN (i.code, i.name, i.name_en)
         OR i.id IN (SELECT a.indicator_id FROM alias AS a WHERE a.kind = 'indicator' AND a.name = q.indicator)
         OR i.id IN (SELECT p.indicator_id FROM popular AS p)
),
member AS (
  SELECT s.id AS series_id, s.indicator_id, s.scope_id, s.entity_id, s.unit_id, p.whole_id, p.rank, i.is_mean
    FROM wanted_indicator AS i
    CROSS JOIN series AS s ON s.indicator_id = i.id AND s.measure = 'level'
    LEFT JOIN peer AS p ON p.id = s.entity_id
   WHERE p.id IS NOT NULL OR s.entity_id IN (SELECT x.whole_id FROM peer AS x)
),
-- `alike`: periods of one kind and length; of spans of months also of one beginning.
span AS (
  SELECT p.id, p.code, p.starts, p.ends,
         p.kind || CASE WHEN p.kind = 'days' THEN julianday(p.ends) - julianday(p.starts)
                        ELSE 12 * (strftime('%Y', p.ends) - strftime('%Y', p.starts))
                             + strftime('%m', p.ends) - strftime('%m', p.starts) END
           || CASE WHEN p.kind = 'months' THEN strftime('-%m', p.starts) ELSE '' END AS alike,
         CASE p.kind WHEN 'year' THEN 1 WHEN 'half' THEN 2 WHEN 'months' THEN 3 WHEN 'quarter' THEN 4 WHEN 'month' THEN 5
                     WHEN 'years' THEN 6 WHEN 'day' THEN 7 ELSE 8 END AS preference
    FROM period AS p
),
-- The best current figure of each series and period, in the order of the view `latest`. Most periods of a series have one.
figure AS MATERIALIZED (
  SELECT m.series_id, m.indicator_id, m.scope_id, m.entity_id, m.whole_id, m.rank, o.period_id, o.source_id, o.locator, o.value,
         CASE WHEN o.comparator IN ('=', '~', '~<') AND o.high IS NULL THEN o.value END AS exact
    FROM member AS m
    CROSS JOIN observation AS o ON o.series_id = m.series_id
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
-- Each set of peers in each period, with its whole. Retired entities are no peers after their time.
party AS (
  SELECT f.indicator_id, f.scope_id, f.whole_id, f.rank, f.period_id, k.code AS period, k.starts, k.ends, k.alike, k.preference,
         count(f.exact) AS counted, sum(f.exact) AS peers_sum, min(f.exact) AS least,
         w.value AS whole_value, w.exact AS whole_exact
    FROM figure AS f
    JOIN span AS k ON k.id = f.period_id
    LEFT JOIN figure AS w
      ON w.indicator_id = f.indicator_id AND w.scope_id = f.scope_id AND w.entity_id = f.whole_id
     AND w.period_id = f.period_id
   WHERE f.whole_id IS NOT NULL
   GROUP BY f.indicator_id, f.scope_id, f.whole_id, f.rank, f.period_id
),
dated AS (
  SELECT p.indicator_id, p.scope_id, p.whole_id, p.rank, p.period_id, p.period, p.starts, p.ends,
         p.counted, p.peers_sum, p.least, p.whole_value, p.whole_exact,
         -- The one before of the same kind and length, and what its shares are held against.
         lag(p.period_id) OVER line AS previous_id, lag(p.period) OVER line AS previous_period,
         CASE WHEN lag(p.least) OVER line >= 0 AND lag(p.whole_exact) OVER line > 0 THEN lag(p.whole_exact) OVER line END AS previous_whole,
         -- Shares exist where something is to be held against; such a period comes before one that has none, and a party
         -- that never has any is told only where no other has.
         row_number() OVER (PARTITION BY p.indicator_id, p.scope_id, p.whole_id, p.rank
                            ORDER BY p.counted > 1 OR p.counted = 1 AND p.whole_exact IS NOT NULL DESC, p.ends DESC,
                                     p.preference, p.starts) AS age,
         max(p.counted > 1 OR p.counted = 1 AND p.whole_exact IS NOT NULL)
           OVER (PARTITION BY p.indicator_id, p.scope_id, p.whole_id, p.rank) AS has_shares,
         max(p.counted > 1 OR p.counted = 1 AND p.whole_exact IS NOT NULL) OVER (PARTITION BY p.indicator_id) AS any_shares
    FROM party AS p
  WINDOW line AS (PARTITION BY p.indicator_id, p.scope_id, p.whole_id, p.rank, p.alike ORDER BY p.starts)
),
chosen AS (
  SELECT p.indicator_id, p.scope_id, p.whole_id, p.rank, p.period_id, p.period, p.starts, p.ends,
         p.counted, p.peers_sum, p.least, p.whole_value, p.whole_exact, p.previous_id, p.previous_period, p.previous_whole
    FROM dated AS p
    CROSS JOIN parameter AS q
   WHERE (p.has_shares OR q.indicator IS NOT NULL AND NOT p.any_shares)
     AND CASE WHEN q.period IS NULL THEN p.age = 1 ELSE q.period IN (p.period, 'every') END
),
-- Every peer of the chosen periods that has a series of the indicator, by size.
sized AS (
  SELECT c.indicator_id, c.scope_id, c.whole_id, c.rank, c.period_id, c.period, c.starts, c.ends,
         c.counted, c.peers_sum, c.least, c.whole_value, c.whole_exact, c.previous_id, c.previous_period, c.previous_whole, m.entity_id, m.series_id, m.unit_id, m.is_mean,
         f.value, f.exact, f.source_id, f.locator, f.series_id IS NOT NULL AS is_there,
         c.least >= 0 AND ifnull(c.whole_exact, 0) >= 0 AND NOT m.is_mean AS divides,
         CASE WHEN f.exact IS NOT NULL THEN rank() OVER by_size END AS place,
         row_number() OVER by_size AS number
    FROM chosen AS c
    JOIN member AS m
      ON m.indicator_id = c.indicator_id AND m.scope_id = c.scope_id AND m.whole_id = c.whole_id AND m.rank = c.rank
    LEFT JOIN figure AS f ON f.series_id = m.series_id AND f.period_id = c.period_id
  WINDOW by_size AS (PARTITION BY c.indicator_id, c.scope_id, c.whole_id, c.rank, c.period_id ORDER BY f.exact DESC NULLS LAST)
),
-- How many are at all, with or without a series.
known AS (
  SELECT c.indicator_id, c.scope_id, c.whole_id, c.rank, c.period_id, count(*) AS peers
    FROM chosen AS c
    JOIN peer AS p ON p.whole_id = c.whole_id AND p.rank = c.rank
   WHERE ifnull(p.valid_from, '') <= c.ends AND ifnull(p.valid_to, '9999') || '~' >= c.ends
         OR EXISTS (SELECT 1 FROM figure AS f
                     WHERE f.entity_id = p.id AND f.period_id = c.period_id AND f.indicator_id = c.indicator_id
                       AND f.scope_id = c.scope_id)
   GROUP BY c.indicator_id, c.scope_id, c.whole_id, c.rank, c.period_id
),
-- The sums of those after the largest.
summed AS (
  SELECT s.indicator_id, s.scope_id, s.whole_id, s.rank, s.period_id, s.period, s.starts, s.ends, s.counted, s.peers_sum, s.least,
         s.whole_value, s.whole_exact, s.previous_id, s.previous_period, s.previous_whole, s.entity_id, s.series_id, s.unit_id, s.is_mean,
         s.value, s.exact, s.source_id, s.locator, s.is_there, s.divides, s.place,
         sum(CASE WHEN s.number = 1 THEN s.exact END) OVER party AS p1,
         sum(CASE WHEN s.number = 2 THEN s.exact END) OVER party AS p2,
         CASE WHEN s.counted >= 4 THEN sum(CASE WHEN s.number BETWEEN 2 AND 4 THEN s.exact END) OVER party END AS p2_to_p4,
         CASE WHEN s.counted >= 11 THEN sum(CASE WHEN s.number BETWEEN 2 AND 11 THEN s.exact END) OVER party END AS p2_to_p11
    FROM sized AS s
  WINDOW party AS (PARTITION BY s.indicator_id, s.scope_id, s.whole_id, s.rank, s.period_id)
),
shared AS (
  SELECT s.indicator_id, s.scope_id, s.whole_id, s.rank, s.period, s.starts, s.ends, s.entity_id, s.unit_id, s.place,
         s.value, s.exact, s.series_id, s.period_id, s.source_id, s.locator, s.counted, n.peers, s.whole_value, s.peers_sum,
         CASE WHEN s.divides AND s.whole_exact > 0 THEN 100 * s.exact / s.whole_exact END AS share_of_whole,
         CASE WHEN s.divides AND s.peers_sum > 0 AND s.counted > 1 THEN 100 * s.exact / s.peers_sum END AS share_of_peers,
         CASE WHEN s.place = 1 AND s.divides THEN s.p1 / nullif(s.p2, 0) END AS s2,
         CASE WHEN s.place = 1 AND s.divides THEN s.p1 / nullif(s.p2_to_p4, 0) END AS s4,
         CASE WHEN s.place = 1 AND s.divides THEN 2 * s.p1 / nullif(s.p2_to_p11, 0) END AS s11,
         s.previous_period, 100 * y.exact / s.previous_whole AS previous_share,
         CASE WHEN NOT s.is_there THEN 'no_observation'
              WHEN s.value IS NULL THEN 'textual_value'
              WHEN s.exact IS NULL THEN 'bound_value'
              WHEN s.is_mean THEN 'per_head'
              WHEN s.least < 0 OR s.whole_exact < 0 THEN 'negative_value'
              WHEN s.whole_exact = 0 OR s.peers_sum = 0 THEN 'zero_whole'
              WHEN s.whole_value IS NULL AND s.counted = 1 THEN 'single_entity'
              -- A trace more, for binary fractions.
              WHEN s.peers_sum > s.whole_exact * (1 + 1e-9) THEN 'sum_exceeds_whole'
              WHEN s.counted < n.peers THEN 'peers_incomplete'
              WHEN s.whole_value IS NULL THEN 'missing_whole'
              WHEN s.whole_exact IS NULL THEN 'bound_whole' END AS reason
    FROM summed AS s
    JOIN known AS n
      ON n.indicator_id = s.indicator_id AND n.scope_id = s.scope_id AND n.whole_id = s.whole_id AND n.rank = s.rank
     AND n.period_id = s.period_id
    LEFT JOIN figure AS y ON y.series_id = s.series_id AND y.whole_id = s.whole_id AND y.period_id = s.previous_id
)
SELECT i.name AS indicator_name, c.code AS scope, s.period, w.name AS whole_name, s.rank AS rank_of, s.place,
       e.name AS entity_name, s.value, u.code AS unit, round(s.share_of_whole, 4) AS share_of_whole,
       round(s.share_of_peers, 4) AS share_of_peers, round(s.share_of_whole - s.previous_share, 4) AS share_change, s.previous_period,
       CASE WHEN s.place = 1 THEN round(s.share_of_whole, 4) END AS primacy,
       round(s.s2, 4) AS s2, round(s.s4, 4) AS s4, round(s.s11, 4) AS s11,
       s.counted, s.peers, s.whole_value, s.peers_sum, s.reason,
       coalesce(o.printed,
                CASE WHEN o.value = CAST(o.value AS INTEGER) THEN CAST(CAST(o.value AS INTEGER) AS TEXT)
                     ELSE CAST(o.value AS TEXT) END)
         || iif(o.value IS NULL, '', ifnull(' ' || o.printed_unit, '')) AS printed, o.comparator, o.status,
       i.name_en AS indicator_name_en, e.name_en AS entity_name_en, w.name_en AS whole_name_en, d.code AS source, s.locator,
       i.code AS indicator, e.code AS entity, w.code AS whole
  FROM shared AS s
  CROSS JOIN indicator AS i ON i.id = s.indicator_id
  JOIN entity AS e ON e.id = s.entity_id
  JOIN entity AS w ON w.id = s.whole_id
  JOIN scope AS c ON c.id = s.scope_id
  JOIN unit AS u ON u.id = s.unit_id
  LEFT JOIN source AS d ON d.id = s.source_id
  LEFT JOIN observation AS o
    ON o.series_id = s.series_id AND o.period_id = s.period_id AND o.source_id = s.source_id AND o.locator = s.locator
 WHERE e.id IN (SELECT x.id FROM wanted_entity AS x)
 ORDER BY i.code, c.code, w.code, s.rank, s.ends, s.starts, s.place NULLS LAST, e.code;
