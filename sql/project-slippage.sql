-- name: project-slippage
-- family: projects
-- about: How late each planned step of each project is, or was, against its planned date, and what is overdue by a day.
--   Late by: days from the last day of the planned period to the actual day; 0 within the planned period, negative before its first day. An actual date known to the
--   month or year gives a range (late_least to late_most). A step that has not happened is late by at least the days gone since its planned period ended.
--   Verdicts: early, on_time, late; undecided (the range holds both); undated (a later step or the stage shows
--   that it is done, but not when); overdue (the planned period is over, and newer news of the project tell of no such step);
--   unreported (it is over, but the file knows nothing newer of the project: silence is no delay); pending (not yet due); cancelled (no longer due).
--   The plan that speaks is that of the newest source, and of one source the most exact; against = first takes the oldest source's. moved counts the days
--   by which the plan itself was put off from the first to the newest. Of actual dates the most exact speaks, then that of the newest source.
--   The day looked at is by default the newest day of which the file knows anything of any project: publication of a source, or a date or money spent, whichever is later.
--   An actual date that begins after the day looked at is not known yet. Steps without a planned date are in project-milestones only.
-- about_zh: 项目各计划节点比计划晚了多少，以及到某日已逾期的节点。
--   晚的天数：计划时期末日到实际日期；在计划时期内为 0，早于其首日为负。实际日期只知年月的给出范围（late_least 至 late_most）；尚未发生的，至少晚了计划时期末日以来的天数。
--   结论：early 提前，on_time 按期，late 延期，undecided 范围跨越两者、无法断定，undated 后续节点或项目阶段表明已完成但日期不明，overdue 逾期（计划时期已过，更新的消息也没有提到该节点），
--   unreported 无消息（计划时期已过，但文件中没有该项目更新的消息，不能断为逾期），pending 未到期，cancelled 项目已取消。
--   计划日期取最新来源，同一来源取最精确的；against 为 first 时取最早来源的。moved 为计划本身从最早到最新推迟的天数。实际日期取最精确的，再取最新来源。
--   截至日默认为文件中项目消息的最新一天：来源发布日期，或实际日期、投资时期的末日，取较晚者。首日在截至日之后的实际日期视为未知。
--   没有计划日期的节点只见于 project-milestones。
-- param: entity text = null in entity  | 所在地（含下属）：代码、名称或别名；空为全部
--   | place, with all below it: code, name or alias; default: every one
-- param: parent text = null in project  | 清单：只看列在这一项目（规划、打包、年度清单）之下的；空为全部
--   | only the projects listed under this one (a programme, bundle or year's list); default: every one
-- param: step text = null in ('identified', 'signed', 'approved', 'land', 'start', 'topped_out', 'commissioned', 'completed',
--   'accepted', 'opened', 'production')  | 只看一种节点；空为全部 | only one kind of step; default: every one
-- param: verdict text = null in ('early', 'on_time', 'late', 'undecided', 'undated', 'overdue', 'unreported', 'pending', 'cancelled')
--   | 只看一种结论；空为全部 | only one verdict; default: every one
-- param: against text = 'newest' in ('newest', 'first')  | 与最新计划还是最早计划比较 | compare with the newest plan or with the first
-- param: as_of text = null  | 截至哪一天(YYYY-MM-DD；只写年或年月即到其末日；now 为今天)；空为文件中项目消息的最新一天
--   | the day to judge at (a year or month: its last day; now: today); default: the newest day of which the file knows anything of a project
-- columns: verdict, project_name, step, planned, actual, late_least, late_most, moved, known_until, as_of, entity_name, stage_name,
--   planned_source, planned_locator, actual_source, actual_locator, project_name_en, entity_name_en, project, entity
-- shown: verdict, project_name, step, planned, actual, late_least, late_most, moved, known_until, as_of
-- chart: bar x=project_name y=late_least by=verdict
-- column: verdict | 结论 | the verdict, see above
-- column: step | 节点 | kind of the step
-- column: planned | 计划时期 | planned period
-- column: actual | 实际时期 | actual period
-- column: late_least | 至少晚几天，负数为提前 | days late, at least; negative is early
-- column: late_most | 至多晚几天；尚未发生为空 | days late, at most; empty while it has not happened
-- column: moved | 推迟天数：计划从最早到最新推迟的天数（按末日）；只有一个计划为 0 | days by which the plan was put off, from the first to the newest (by last days); 0 with one plan
-- column: known_until | 消息截至：文件中该项目消息的最新一天 | the newest day of which the file knows anything of the project
-- column: as_of | 截至日 | the day judged at
-- column: entity_name | 所在地 | place
-- column: stage_name | 项目阶段 | stage of the project
-- column: planned_source | 计划日期的来源 | source of the planned date
-- column: planned_locator | 计划日期在来源中的位置 | its place in the source
-- column: actual_source | 实际日期的来源 | source of the actual date
-- column: actual_locator | 实际日期在来源中的位置 | its place in the source
WITH RECURSIVE
-- What is known of each project, and by when: the day its source was published, or the last day of what happened.
-- A whole year that a document tells of before it is over is known to the document's day only.
news AS MATERIALIZED (
  SELECT j.id, d.published AS day
    FROM project AS j
    JOIN source AS d ON d.id = j.source_id
  UNION ALL
  SELECT m.project_id,
         CASE WHEN p.id IS NULL THEN d.published
              WHEN p.kind IN ('year', 'years') AND d.published BETWEEN p.starts AND p.ends THEN d.published
              ELSE max(p.ends, ifnull(d.published, p.ends)) END
    FROM milestone AS m
    JOIN source AS d ON d.id = m.source_id
    LEFT JOIN period AS p ON p.id = m.actual_id
  UNION ALL
  SELECT y.project_id,
         CASE WHEN y.spent IS NULL THEN d.published
              WHEN p.kind IN ('year', 'years') AND d.published BETWEEN p.starts AND p.ends THEN d.published
              ELSE max(p.ends, ifnull(d.published, p.ends)) END
    FROM outlay AS y
    JOIN source AS d ON d.id = y.source_id
    JOIN period AS p ON p.id = y.period_id
),
parameter AS MATERIALIZED (
  SELECT CAST(:entity AS TEXT) AS entity, CAST(:parent AS TEXT) AS parent, CAST(:step AS TEXT) AS step,
         CAST(:verdict AS TEXT) AS verdict, coalesce(:against, 'newest') AS against,
         -- What is no day stops the query: json_extract refuses it with this text.
         coalesce(CASE length(:as_of) WHEN 4 THEN date(:as_of || '-12-31')
                                      WHEN 7 THEN date(:as_of || '-01', '+1 month', '-1 day')
                       ELSE date(:as_of) END,
                  CASE WHEN :as_of IS NULL THEN (SELECT max(n.day) FROM news AS n)
                       ELSE json_extract('{}', 'as_of is no day: ' || :as_of) END) AS as_of
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
  SELECT j.id, max(n.day) AS known_until,
         j.stage IS 'cancelled'
           OR EXISTS (SELECT 1 FROM milestone AS m JOIN period AS p ON p.id = m.actual_id
                       WHERE m.project_id = j.id AND m.kind = 'cancelled' AND p.starts <= q.as_of) AS cancelled
    FROM parameter AS q
    CROSS JOIN project AS j
    LEFT JOIN news AS n ON n.id = j.id
   WHERE j.entity_id IN (SELECT p.id FROM place AS p)
     AND j.id IN (SELECT m.id FROM member AS m)
   GROUP BY j.id
),
plan AS (
  SELECT m.project_id, m.kind, p.code, p.starts, p.ends, d.code AS source, m.locator,
         row_number() OVER (PARTITION BY m.project_id, m.kind
                            ORDER BY d.published DESC NULLS LAST, julianday(p.ends) - julianday(p.starts), p.starts,
                                     d.code, m.locator) AS newest,
         row_number() OVER (PARTITION BY m.project_id, m.kind
                            ORDER BY d.published NULLS LAST, julianday(p.ends) - julianday(p.starts), p.starts,
                                     d.code, m.locator) AS first
    FROM chosen AS c
    CROSS JOIN milestone AS m ON m.project_id = c.id AND m.kind <> 'cancelled'
    JOIN period AS p ON p.id = m.planned_id
    JOIN source AS d ON d.id = m.source_id
),
-- The plan that speaks, and how far the newest is from the first.
aim AS MATERIALIZED (
  SELECT n.project_id, n.kind, max(n.code) FILTER (WHERE n.spoken) AS code, max(n.starts) FILTER (WHERE n.spoken) AS starts,
         max(n.ends) FILTER (WHERE n.spoken) AS ends, max(n.source) FILTER (WHERE n.spoken) AS source,
         max(n.locator) FILTER (WHERE n.spoken) AS locator,
         julianday(max(n.ends) FILTER (WHERE n.newest = 1)) - julianday(max(n.ends) FILTER (WHERE n.first = 1)) AS moved
    FROM (SELECT p.project_id, p.kind, p.code, p.starts, p.ends, p.source, p.locator, p.newest, p.first,
                 CASE q.against WHEN 'first' THEN p.first ELSE p.newest END = 1 AS spoken
            FROM parameter AS q
            CROSS JOIN plan AS p) AS n
   GROUP BY n.project_id, n.kind
),
fact AS MATERIALIZED (
  SELECT m.project_id, m.kind, p.code, p.starts, p.ends, d.code AS source, m.locator,
         row_number() OVER (PARTITION BY m.project_id, m.kind
                            ORDER BY julianday(p.ends) - julianday(p.starts), d.published DESC NULLS LAST, p.starts,
                                     d.code, m.locator) AS place
    FROM parameter AS q
    CROSS JOIN chosen AS c
    CROSS JOIN milestone AS m ON m.project_id = c.id
    JOIN period AS p ON p.id = m.actual_id AND p.starts <= q.as_of
    JOIN source AS d ON d.id = m.source_id
),
-- Steps that show another to be done, and stages that do.
proof (step, shown_by) AS (
  VALUES ('start', 'topped_out'), ('start', 'commissioned'), ('start', 'completed'), ('start', 'accepted'), ('start', 'opened'),
         ('start', 'production'), ('start', 'implementation'), ('start', 'completion'), ('start', 'maintenance'),
         ('completed', 'accepted'), ('completed', 'completion'), ('completed', 'maintenance')
),
shown AS MATERIALIZED (
  SELECT f.project_id, o.step FROM fact AS f JOIN proof AS o ON o.shown_by = f.kind
  UNION
  SELECT c.id, o.step
    FROM parameter AS q
    CROSS JOIN chosen AS c
    JOIN project AS j ON j.id = c.id
    JOIN proof AS o ON o.shown_by = j.stage
   WHERE c.known_until <= q.as_of
),
-- How late the first and the last day of the actual period are.
compared AS MATERIALIZED (
  SELECT c.id, c.known_until, c.cancelled, n.kind AS step, n.code AS planned, n.ends AS due,
         n.source AS planned_source, n.locator AS planned_locator,
         f.code AS actual, f.source AS actual_source, f.locator AS actual_locator,
         CASE WHEN f.starts > n.ends THEN julianday(f.starts) - julianday(n.ends)
              WHEN f.starts < n.starts THEN julianday(f.starts) - julianday(n.starts)
              WHEN f.starts IS NOT NULL THEN 0 END AS least,
         CASE WHEN f.ends > n.ends THEN julianday(f.ends) - julianday(n.ends)
              WHEN f.ends < n.starts THEN julianday(f.ends) - julianday(n.starts)
              WHEN f.ends IS NOT NULL THEN 0 END AS most,
         n.moved,
         x.step IS NOT NULL AS shown
    FROM parameter AS q
    CROSS JOIN chosen AS c
    JOIN aim AS n ON n.project_id = c.id
    LEFT JOIN fact AS f ON f.project_id = c.id AND f.kind = n.kind AND f.place = 1
    LEFT JOIN shown AS x ON x.project_id = c.id AND x.step = n.kind
   WHERE q.step IS NULL OR q.step = n.kind
),
judged AS MATERIALIZED (
  SELECT c.id, c.known_until, c.step, c.planned, c.planned_source, c.planned_locator, c.actual, c.actual_source, c.actual_locator, c.moved,
         CASE WHEN c.actual IS NOT NULL THEN c.least
              WHEN NOT c.cancelled AND NOT c.shown AND c.due < q.as_of THEN julianday(q.as_of) - julianday(c.due) END AS least,
         c.most,
         CASE WHEN c.most < 0 THEN 'early'
              WHEN c.most = 0 THEN 'on_time'
              WHEN c.least > 0 THEN 'late'
              WHEN c.actual IS NOT NULL THEN 'undecided'
              WHEN c.shown THEN 'undated'
              WHEN c.cancelled THEN 'cancelled'
              WHEN c.due >= q.as_of THEN 'pending'
              WHEN c.known_until > c.due THEN 'overdue'
              ELSE 'unreported' END AS verdict
    FROM parameter AS q
    CROSS JOIN compared AS c
)
SELECT j.verdict, p.name AS project_name, j.step, j.planned, j.actual,
       CAST(j.least AS INTEGER) AS late_least, CAST(j.most AS INTEGER) AS late_most, CAST(j.moved AS INTEGER) AS moved,
       j.known_until, q.as_of, e.name AS entity_name, s.name AS stage_name,
       j.planned_source, j.planned_locator, j.actual_source, j.actual_locator,
       p.name_en AS project_name_en, e.name_en AS entity_name_en, p.code AS project, e.code AS entity
  FROM parameter AS q
  CROSS JOIN judged AS j
  CROSS JOIN project AS p ON p.id = j.id
  JOIN entity AS e ON e.id = p.entity_id
  LEFT JOIN stage AS s ON s.code = p.stage
 WHERE q.verdict IS NULL OR q.verdict = j.verdict
 ORDER BY CASE j.verdict WHEN 'overdue' THEN 1 WHEN 'late' THEN 2 WHEN 'unreported' THEN 3 WHEN 'undecided' THEN 4
                         WHEN 'undated' THEN 5 WHEN 'on_time' THEN 6 WHEN 'early' THEN 7 WHEN 'pending' THEN 8 ELSE 9 END,
          j.least DESC, j.planned, p.code, j.step;
