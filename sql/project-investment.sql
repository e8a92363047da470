-- name: project-investment
-- family: projects
-- about: Money invested in projects against this year's plan and time, and against their total investment.
--   rate = invested since January / plan of the year · 100; time_progress = months gone / 12 · 100; ahead = rate - time_progress
--   in percentage points. total_rate = invested since the start / total investment · 100. Over 100 % is shown as it is.
--   Since January: the newest figure that begins on 1 January, as stated, else quarters or months that follow each other without a gap, added up (basis).
--   Since the start: full years and this year's months, or a longer stated span, as far back as figures reach without a gap (since).
--   It is a lower bound (>=) unless the start of the project is known and not before that.
--   A project without a plan of the year, or with a plan of 0, has no rate and stays out of both sums. So does one whose plan is a bound (≥3): its rate
--   is one, too, and would leave the sum undecided. Other currencies have sums of their own.
--   A planned project that reports nothing, or less new than others, keeps its plan in the sum: the rate of the sum is then a lower bound.
--   The sums of total_rate are those of the same projects, where their total investment is stated and no bound or range.
--   Counted once: a bundle counts by its parts as soon as one of them has a plan of the year (role split), else by itself.
--   Of several sources an exact figure comes before a bound, then the newest source. A bound or 约 makes the rate one, and with it how far
--   it is ahead: see comparator.
--   Reasons: missing_plan, zero_plan, missing_spent, unit_mismatch, bound_undecidable; some_unreported (of a sum: a lower bound);
--   missing_total, zero_total, start_unknown, starts_earlier (figures do not reach back to the start).
-- about_zh: 项目投资完成率：今年以来完成投资对年度计划、对时序进度，以及开工以来完成投资对总投资。
--   完成率 rate＝1月以来完成投资÷年度计划×100；时序进度 time_progress＝已过月数÷12×100；超时序 ahead＝两者之差，百分点。
--   总投资完成率 total_rate＝开工以来完成投资÷总投资×100。超过 100% 照实列出，不封顶。
--   今年以来：取自1月1日起最新的累计数；没有累计数的，把首尾相接的季度、月份相加（见 basis）。
--   开工以来：历年全年数与今年累计数相接，或更长时段的累计数，尽可能往前追溯（since）；除非已知开工不早于此，否则只是下限（>=）。
--   没有年度计划或计划为 0 的项目没有完成率，不进分子也不进分母；计划为界限值（如 ≥3）的，完成率也只是界限值，同样不进合计。非人民币项目另行合计。
--   有计划而没有报数、或报数较旧的项目，计划仍在分母内，合计的完成率因此是下限。总投资的合计只含其中总投资为确数或约数的项目。
--   不重复计数：打包项目只要有子项目列有年度计划，就按子项目计（role 为 split），否则计其本身。
--   多个来源时，精确数先于界限值，其次取最新来源。界限值和约数的完成率、超时序也是界限值或约数，见 comparator。
--   原因：missing_plan 无年度计划，zero_plan 计划为 0，missing_spent 未报完成数，unit_mismatch 币种不同，bound_undecidable 界限值无法相除；
--   some_unreported 有项目未报或报数较旧，合计为下限；missing_total 无总投资，zero_total 总投资为 0，start_unknown 开工日期不明，starts_earlier 开工早于数据。
-- param: entity text = null in entity  | 所在地（含下属）：代码、名称或别名；空为全部
--   | place, with all below it: code, name or alias; default: every one
-- param: parent text = null in project  | 清单：只看列在这一项目（规划、打包、年度清单）之下的；空为全部
--   | only the projects listed under this one (a programme, bundle or year's list); default: every one
-- param: as_of text = null  | 截至哪一天(YYYY-MM-DD；只写年或年月即到其末日；now 为今天)，也定年度；空为完成投资数据所到的末日
--   | the last day looked at, which also names the year (a year or month: its last day; now: today);
--   default: the last day to which figures of money spent reach
-- param: by text = 'project' in ('project', 'entity', 'sector', 'total')  | 合计之外的行：项目、所在地、行业；total 只列合计
--   | the rows beside the sum: projects, places, sectors, or none
-- columns: level, name, projects, planned, spent, unit, spent_to, comparator, rate, time_progress, ahead, invested, investment,
--   total_comparator, total_rate, role, reason, total_reason, unreported, out_of_sums, basis, since, year,
--   rate_exact, ahead_exact, total_rate_exact, name_en, code
-- shown: name, projects, planned, spent, unit, spent_to, comparator, rate, time_progress, ahead, total_comparator, total_rate, reason
-- chart: bar x=name y=rate target=time_progress
-- column: level | 行的层次：total 合计，entity 所在地，sector 行业，project 项目 | what the row is
-- column: name | 项目、所在地或行业名称 | name of the project, place or sector
-- column: projects | 计入的项目个数 | projects that are counted
-- column: planned | 年度计划投资，单位见 unit | plan of the year, in `unit`
-- column: spent | 1月以来完成投资，单位见 unit | invested since January, in `unit`
-- column: unit | 金额单位 | unit of the amounts
-- column: spent_to | 截至：完成投资截至的日期 | last day of the figure invested
-- column: comparator | 率的符号：完成率为等于、大于、不低于、约等；~>= 为“至少约” | whether the rate is exact, a bound, about (~) or at least about (~>=)
-- column: rate | 年度计划完成率（%），一位小数，四舍五入 | share of the year's plan done, %, rounded half away from zero to 0.1
-- column: time_progress | 时序进度（%），一位小数 | share of the year gone, %, to 0.1
-- column: ahead | 超时序（百分点），一位小数，算完再舍入；负数为落后 | rate less time progress, percentage points, rounded once, to 0.1
-- column: invested | 开工以来完成投资，单位见 unit | invested since the start, in `unit`
-- column: investment | 总投资，单位见 unit | total investment, in `unit`
-- column: total_comparator | 总率符号：总投资完成率的同类符号 | the same for the rate of the total
-- column: total_rate | 总投资完成率（%），一位小数 | share of the total investment done, %, to 0.1
-- column: role | counted 计入合计，split 按子项目计，out 没有确定的年度计划，不计 | counted, split into its parts, or out for want of a definite plan
-- column: reason | 原因：没有完成率或只是下限的原因 | why there is no rate, or only a bound
-- column: total_reason | 总投资完成率的同类原因 | the same for the rate of the total
-- column: unreported | 有计划而未报或报数较旧的项目个数 | planned projects that report nothing, or less new
-- column: out_of_sums | 没有计划、计划为 0 或为界限值的项目个数，不进合计 | projects without a plan, with 0 or a bound, which stay out
-- column: basis | 今年以来完成投资：stated 照录累计数，summed 由几个时期相加 | since January: as stated, or summed
-- column: since | 开工以来完成投资的起算日 | first day of what is invested since the start
-- column: year | 年度 | year of the plan
-- column: rate_exact | 完成率，未舍入 | rate, not rounded
-- column: ahead_exact | 超时序，未舍入 | ahead, not rounded
-- column: total_rate_exact | 总投资完成率，未舍入 | total_rate, not rounded
-- column: name_en | 英文名称 | name in English
-- column: code | 项目、所在地或行业代码 | code of the project, place or sector
WITH RECURSIVE
parameter AS MATERIALIZED (
  SELECT CAST(:entity AS TEXT) AS entity, CAST(:parent AS TEXT) AS parent, coalesce(:by, 'project') AS view,
         -- What is no day stops the query: json_extract refuses it with this text.
         coalesce(CASE length(:as_of) WHEN 4 THEN date(:as_of || '-12-31')
                                      WHEN 7 THEN date(:as_of || '-01', '+1 month', '-1 day')
                       ELSE date(:as_of) END,
                  CASE WHEN :as_of IS NOT NULL THEN json_extract('{}', 'as_of is no day: ' || :as_of) END,
                  (SELECT max(p.ends) FROM outlay AS y JOIN period AS p ON p.id = y.period_id WHERE y.spent IS NOT NULL),
                  (SELECT max(p.ends) FROM outlay AS y JOIN period AS p ON p.id = y.period_id)) AS as_of
),
place AS (
  SELECT e.id
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.entity IS NULL OR q.entity IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.entity)
  UNION
  SELECT c.id
    FROM place AS p
    JOIN entity AS c ON c.parent_id = p.id
),
member AS (
  SELECT j.id
    FROM parameter AS q
    CROSS JOIN project AS j
   WHERE q.parent IS NULL OR q.parent IN (j.code, j.name, j.name_en)
         OR j.id IN (SELECT a.project_id FROM alias AS a WHERE a.kind = 'project' AND a.name = q.parent)
  UNION
  SELECT c.id
    FROM member AS m
    JOIN project AS c ON c.parent_id = m.id
),
chosen AS MATERIALIZED (
  SELECT j.id, j.parent_id
    FROM project AS j
   WHERE j.id IN (SELECT m.id FROM member AS m) AND j.entity_id IN (SELECT p.id FROM place AS p)
),
-- Money spent: `low` and `high` say whether a figure is good as a lower and as an upper bound.
-- One figure speaks for a project and period: an exact one, then that of the newest source.
stated AS (
  SELECT y.project_id, p.starts, p.ends, u.dimension, y.spent * u.factor AS spent,
         y.spent_comparator NOT IN ('<', '<=') AS low, y.spent_comparator NOT IN ('>', '>=') AS high,
         y.spent_comparator IN ('<', '>') AS strict, y.spent_comparator IN ('~', '~<') AS about,
         row_number() OVER (PARTITION BY y.project_id, y.period_id
                            ORDER BY y.spent_comparator <> '=', d.published DESC NULLS LAST, d.code, y.locator) AS place
    FROM parameter AS q
    CROSS JOIN chosen AS j
    CROSS JOIN outlay AS y ON y.project_id = j.id AND y.spent IS NOT NULL
    JOIN period AS p ON p.id = y.period_id AND p.ends <= q.as_of
    JOIN unit AS u ON u.id = y.unit_id
    JOIN source AS d ON d.id = y.source_id
),
flow AS MATERIALIZED (
  SELECT s.project_id, s.starts, s.ends, s.dimension, s.spent, s.low, s.high, s.strict, s.about
    FROM stated AS s
   WHERE s.place = 1
),
-- From 1 January on, each figure joined by one that begins on the day after it ends, within the year.
running (project_id, starts, ends, dimension, spent, low, high, strict, about, pieces) AS (
  SELECT f.project_id, f.starts, f.ends, f.dimension, f.spent, f.low, f.high, f.strict, f.about, 1
    FROM flow AS f
   WHERE f.starts LIKE '%-01-01' AND substr(f.starts, 1, 4) = substr(f.ends, 1, 4)
  UNION
  SELECT r.project_id, r.starts, f.ends, r.dimension, r.spent + f.spent, r.low AND f.low, r.high AND f.high,
         r.strict OR f.strict, r.about OR f.about, r.pieces + 1
    FROM running AS r
    JOIN flow AS f ON f.project_id = r.project_id AND f.dimension = r.dimension AND f.starts = date(r.ends, '+1 day')
   WHERE substr(f.ends, 1, 4) = substr(r.starts, 1, 4)
),
-- The farthest of each year; of those that reach as far, the one of the fewest figures.
of_year AS MATERIALIZED (
  SELECT r.project_id, r.starts, r.ends, r.dimension, r.spent, r.low, r.high, r.strict, r.about, r.pieces,
         row_number() OVER (PARTITION BY r.project_id, r.starts ORDER BY r.ends DESC, r.pieces, r.spent) AS place
    FROM running AS r
),
-- What can be joined over the years: the farthest of each year, spans over several years, and ends of years.
link AS MATERIALIZED (
  SELECT y.project_id, y.starts, y.ends, y.dimension, y.spent, y.low, y.high, y.strict, y.about
    FROM of_year AS y
   WHERE y.place = 1
  UNION ALL
  SELECT f.project_id, f.starts, f.ends, f.dimension, f.spent, f.low, f.high, f.strict, f.about
    FROM flow AS f
   WHERE substr(f.starts, 1, 4) <> substr(f.ends, 1, 4) OR f.starts NOT LIKE '%-01-01' AND f.ends LIKE '%-12-31'
),
-- Backwards from the newest end.
back (project_id, starts, ends, dimension, spent, low, high, strict, about, pieces) AS (
  SELECT l.project_id, l.starts, l.ends, l.dimension, l.spent, l.low, l.high, l.strict, l.about, 1
    FROM link AS l
    JOIN (SELECT n.project_id, max(n.ends) AS ends FROM link AS n GROUP BY n.project_id) AS n
      ON n.project_id = l.project_id AND n.ends = l.ends
  UNION
  SELECT b.project_id, l.starts, b.ends, b.dimension, b.spent + l.spent, b.low AND l.low, b.high AND l.high,
         b.strict OR l.strict, b.about OR l.about, b.pieces + 1
    FROM back AS b
    JOIN link AS l ON l.project_id = b.project_id AND l.dimension = b.dimension AND l.ends = date(b.starts, '-1 day')
),
-- The first day on which a project can have started, by its most exact and newest date.
start AS (
  SELECT m.project_id, p.starts,
         row_number() OVER (PARTITION BY m.project_id ORDER BY julianday(p.ends) - julianday(p.starts),
                                                               d.published DESC NULLS LAST, d.code, m.locator) AS place
    FROM chosen AS j
    JOIN milestone AS m ON m.project_id = j.id AND m.kind = 'start'
    JOIN period AS p ON p.id = m.actual_id
    JOIN source AS d ON d.id = m.source_id
),
-- A figure that does not reach back to the start says only that at least so much was invested.
in_all AS (
  SELECT b.project_id, b.starts, b.dimension, b.spent, b.low, b.high AND s.starts >= b.starts IS TRUE AS high, b.strict, b.about,
         CASE WHEN s.starts IS NULL THEN 'start_unknown' WHEN s.starts < b.starts THEN 'starts_earlier' END AS reason,
         row_number() OVER (PARTITION BY b.project_id ORDER BY b.starts, b.pieces, b.spent) AS place
    FROM back AS b
    LEFT JOIN start AS s ON s.project_id = b.project_id AND s.place = 1
),
this_year AS (
  SELECT p.id FROM parameter AS q JOIN period AS p ON p.kind = 'year' AND p.starts = strftime('%Y-01-01', q.as_of)
),
-- Whatever has a part with a plan of this year, at any depth, counts by its parts.
split AS (
  SELECT j.parent_id AS id
    FROM this_year AS w
    JOIN outlay AS y ON y.period_id = w.id AND y.planned > 0
    JOIN project AS j ON j.id = y.project_id
   WHERE j.parent_id IS NOT NULL
  UNION
  SELECT j.parent_id
    FROM split AS s
    JOIN project AS j ON j.id = s.id
   WHERE j.parent_id IS NOT NULL
),
-- Each project with what is known of it, this year and in all. A ratio needs one currency.
known AS MATERIALIZED (
  SELECT j.id, j.entity_id, j.sector, v.dimension, n.planned * v.factor AS planned,
         n.planned_comparator NOT IN ('<', '<=') AS planned_low, n.planned_comparator NOT IN ('>', '>=') AS planned_high,
         n.planned_comparator IN ('<', '>') AS planned_strict, n.planned_comparator IN ('~', '~<') AS planned_about,
         y.dimension AS spent_dimension, y.spent, y.ends, y.low, y.high, y.strict, y.about, y.pieces,
         t.dimension AS all_dimension, t.spent AS invested, t.starts AS since,
         t.low AS all_low, t.high AS all_high, t.strict AS all_strict, t.about AS all_about, t.reason AS all_reason,
         u.dimension AS total_dimension, j.investment * u.factor AS total,
         j.investment_comparator NOT IN ('<', '<=') AS total_low,
         j.investment_comparator NOT IN ('>', '>=') AND j.investment_high IS NULL AS total_high,
         j.investment_comparator IN ('<', '>') AS total_strict, j.investment_comparator IN ('~', '~<') AS total_about,
         CASE WHEN coalesce(n.planned, 0) <= 0 OR n.planned_comparator NOT IN ('=', '~', '~<') THEN 'out'
              WHEN j.id IN (SELECT s.id FROM split AS s) THEN 'split'
              ELSE 'counted' END AS role
    FROM chosen AS c
    CROSS JOIN project AS j ON j.id = c.id
    LEFT JOIN unit AS u ON u.id = j.unit_id
    LEFT JOIN outlay AS n
      ON n.id = (SELECT o.id
                   FROM outlay AS o
                   JOIN source AS d ON d.id = o.source_id
                  WHERE o.project_id = c.id AND o.period_id = (SELECT w.id FROM this_year AS w) AND o.planned IS NOT NULL
                  ORDER BY o.planned_comparator <> '=', d.published DESC NULLS LAST, d.code, o.locator
                  LIMIT 1)
    LEFT JOIN unit AS v ON v.id = n.unit_id
    LEFT JOIN of_year AS y
      ON y.project_id = c.id AND y.place = 1 AND y.starts = (SELECT strftime('%Y-01-01', q.as_of) FROM parameter AS q)
    LEFT JOIN in_all AS t ON t.project_id = c.id AND t.place = 1
   WHERE n.planned IS NOT NULL OR y.spent IS NOT NULL OR t.spent IS NOT NULL
),
matched AS MATERIALIZED (
  SELECT k.id, k.entity_id, k.sector, k.role, k.role = 'counted' AS counted,
         ifnull(k.role = 'counted' AND k.total > 0 AND k.total_low AND k.total_high
                AND k.total_dimension = k.dimension, 0) AS weighed,
         coalesce(k.dimension, k.spent_dimension, k.all_dimension) AS dimension,
         k.planned, k.planned_low, k.planned_high, k.planned_strict, k.planned_about,
         CASE WHEN k.dimension <> k.spent_dimension THEN NULL ELSE k.spent END AS spent,
         k.ends, k.low, k.high, k.strict, k.about, k.pieces, k.dimension <> k.spent_dimension AS mismatch,
         CASE WHEN k.all_dimension = coalesce(k.dimension, k.spent_dimension, k.all_dimension) THEN k.invested END AS invested,
         CASE WHEN k.all_dimension = coalesce(k.dimension, k.spent_dimension, k.all_dimension) THEN k.since END AS since,
         k.all_low, k.all_high, k.all_strict, k.all_about, k.all_reason,
         CASE WHEN k.total_dimension = coalesce(k.dimension, k.spent_dimension, k.all_dimension) THEN k.total END AS total,
         k.total_low, k.total_high, k.total_strict, k.total_about, k.total IS NOT NULL AS has_total,
         max(k.ends) FILTER (WHERE k.role = 'counted') OVER () AS newest
    FROM known AS k
),
-- The rows: projects, and sums over those that are counted. The sums are of one day: what ends before
-- the newest figure, or is not reported, makes them lower bounds.
entry AS (
  SELECT 'project' AS level, m.id AS thing, m.dimension, m.counted AS projects, m.role = 'out' AS out_of_sums, 0 AS unreported,
         m.planned, m.planned_low, m.planned_high, m.planned_strict, m.planned_about,
         m.spent, m.ends, m.low, m.high, m.strict, m.about, m.invested, m.all_low, m.all_high, m.all_strict, m.all_about,
         m.total, m.total_low, m.total_high, m.total_strict, m.total_about, m.role, m.pieces, m.since, m.mismatch,
         m.has_total, m.all_reason
    FROM matched AS m
    JOIN parameter AS q ON q.view = 'project'
  UNION ALL
  SELECT g.level, CASE g.level WHEN 'entity' THEN m.entity_id WHEN 'sector' THEN m.sector END, m.dimension,
         sum(m.counted), sum(m.role = 'out'), sum(m.counted AND (m.spent IS NULL OR m.ends < m.newest)),
         sum(m.planned) FILTER (WHERE m.counted), min(m.planned_low) FILTER (WHERE m.counted),
         min(m.planned_high) FILTER (WHERE m.counted), max(m.planned_strict) FILTER (WHERE m.counted),
         max(m.planned_about) FILTER (WHERE m.counted),
         sum(m.spent) FILTER (WHERE m.counted), m.newest, min(ifnull(m.low, 1)) FILTER (WHERE m.counted),
         min(m.spent IS NOT NULL AND m.high AND m.ends = m.newest) FILTER (WHERE m.counted),
         max(m.strict) FILTER (WHERE m.counted), max(m.about) FILTER (WHERE m.counted),
         sum(m.invested) FILTER (WHERE m.weighed), min(ifnull(m.all_low, 1)) FILTER (WHERE m.weighed),
         min(m.invested IS NOT NULL AND m.all_high) FILTER (WHERE m.weighed),
         max(m.all_strict) FILTER (WHERE m.weighed), max(m.all_about) FILTER (WHERE m.weighed),
         sum(m.total) FILTER (WHERE m.weighed), min(m.total_low) FILTER (WHERE m.weighed),
         min(m.total_high) FILTER (WHERE m.weighed), max(m.total_strict) FILTER (WHERE m.weighed),
         max(m.total_about) FILTER (WHERE m.weighed), NULL, NULL, NULL, NULL, NULL,
         CASE WHEN min(m.invested IS NOT NULL AND m.all_high) FILTER (WHERE m.weighed) = 0 THEN 'some_incomplete' END
    FROM (SELECT 'total' AS level UNION SELECT q.view FROM parameter AS q WHERE q.view IN ('entity', 'sector')) AS g
    CROSS JOIN matched AS m
   GROUP BY g.level, CASE g.level WHEN 'entity' THEN m.entity_id WHEN 'sector' THEN m.sector END, m.dimension
),
-- A ratio is at least what a lower bound over an upper bound makes it, and the other way round.
rated AS (
  SELECT e.level, e.thing, e.dimension, e.projects, e.out_of_sums, e.unreported, e.planned, e.spent, e.ends, e.invested, e.total,
         e.role, e.pieces, e.since, e.mismatch, e.has_total, e.all_reason,
         CASE WHEN e.planned > 0 AND (e.low AND e.planned_high OR e.high AND e.planned_low) THEN 100 * e.spent / e.planned END AS rate,
         CASE WHEN e.about OR e.planned_about THEN '~' ELSE '' END
           || CASE WHEN e.low AND e.planned_high AND e.high AND e.planned_low THEN CASE WHEN e.about OR e.planned_about THEN '' ELSE '=' END
                   WHEN e.low AND e.planned_high THEN '>' ELSE '<' END AS sign,
         NOT (e.low AND e.planned_high AND e.high AND e.planned_low)
           AND (NOT (e.strict OR e.planned_strict) OR e.about OR e.planned_about OR e.unreported > 0) AS inclusive,
         CASE WHEN e.total > 0 AND (e.all_low AND e.total_high OR e.all_high AND e.total_low) THEN 100 * e.invested / e.total END AS all_rate,
         CASE WHEN e.all_about OR e.total_about THEN '~' ELSE '' END
           || CASE WHEN e.all_low AND e.total_high AND e.all_high AND e.total_low
                   THEN CASE WHEN e.all_about OR e.total_about THEN '' ELSE '=' END
                   WHEN e.all_low AND e.total_high THEN '>' ELSE '<' END AS all_sign,
         NOT (e.all_low AND e.total_high AND e.all_high AND e.total_low)
           AND (NOT (e.all_strict OR e.total_strict) OR e.all_about OR e.total_about OR e.all_reason IS NOT NULL) AS all_inclusive,
         -- Whole months are exact twelfths, days are parts of their month.
         100 * (strftime('%m', e.ends) - 1
                + strftime('%d', e.ends) / (julianday(e.ends, 'start of month', '+1 month') - julianday(e.ends, 'start of month'))) / 12
           AS time_gone
    FROM entry AS e
)
SELECT r.level, CASE r.level WHEN 'total' THEN '合计' ELSE coalesce(j.name, n.name, c.name, '未注明') END AS name, r.projects,
       round(r.planned / 1e8, 4) AS planned, round(r.spent / 1e8, 4) AS spent, '亿' || u.base AS unit,
       CASE WHEN r.spent IS NOT NULL THEN r.ends END AS spent_to,
       CASE WHEN r.rate IS NOT NULL THEN r.sign || iif(r.inclusive, '=', '') END AS comparator,
       round(r.rate, 1) AS rate,
       CASE WHEN r.spent IS NOT NULL THEN round(r.time_gone, 1) END AS time_progress,
       round(r.rate - r.time_gone, 1) AS ahead,
       round(r.invested / 1e8, 4) AS invested, round(r.total / 1e8, 4) AS investment,
       CASE WHEN r.all_rate IS NOT NULL THEN r.all_sign || iif(r.all_inclusive, '=', '') END AS total_comparator,
       round(r.all_rate, 1) AS total_rate, r.role,
       CASE WHEN r.projects = 0 AND r.level <> 'project' OR r.planned IS NULL THEN 'missing_plan'
            WHEN r.planned <= 0 THEN 'zero_plan'
            WHEN r.mismatch THEN 'unit_mismatch'
            WHEN r.spent IS NULL THEN 'missing_spent'
            WHEN r.rate IS NULL THEN 'bound_undecidable'
            WHEN r.unreported > 0 THEN 'some_unreported' END AS reason,
       CASE WHEN r.total IS NULL AND r.has_total THEN 'unit_mismatch'
            WHEN r.total IS NULL THEN 'missing_total'
            WHEN r.total <= 0 THEN 'zero_total'
            WHEN r.invested IS NULL THEN 'missing_spent'
            WHEN r.all_rate IS NULL THEN 'bound_undecidable'
            ELSE r.all_reason END AS total_reason,
       CASE WHEN r.level <> 'project' THEN r.unreported END AS unreported,
       CASE WHEN r.level <> 'project' THEN r.out_of_sums END AS out_of_sums,
       CASE WHEN r.spent IS NULL THEN NULL WHEN r.pieces = 1 THEN 'stated' WHEN r.pieces > 1 THEN 'summed' END AS basis,
       r.since, CAST(strftime('%Y', q.as_of) AS INTEGER) AS year,
       r.rate AS rate_exact, r.rate - r.time_gone AS ahead_exact, r.all_rate AS total_rate_exact,
       CASE r.level WHEN 'total' THEN 'Total' ELSE coalesce(j.name_en, n.name_en, c.name_en, 'not stated') END AS name_en,
       coalesce(j.code, n.code, c.code) AS code
  FROM parameter AS q
  CROSS JOIN rated AS r
  JOIN (SELECT DISTINCT u.dimension, u.base FROM unit AS u) AS u ON u.dimension = r.dimension
  LEFT JOIN project AS j ON r.level = 'project' AND j.id = r.thing
  LEFT JOIN entity AS n ON r.level = 'entity' AND n.id = r.thing
  LEFT JOIN sector AS c ON r.level = 'sector' AND c.code = r.thing
 ORDER BY r.level <> 'total', r.dimension <> 'currency_cny', r.dimension, r.rate IS NULL, r.rate DESC, code;
