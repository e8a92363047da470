-- name: project-reserve
-- family: projects
-- about: The rolling reserve: projects in identification or preparation, how long they have been there, and what they lack before they can start.
--   In the reserve: stage identification or preparation; without a stage, a project with a step before the start or a planned start.
--   What has started (an actual start or later step by the day looked at), is cancelled, or has a later stage is no longer in it;
--   a project whose stage says preparation though it has started stays, and lacks `stage`: its stage is out of date.
--   Lacks: investment (no figure), sector, land (no actual land step), approval (no actual approval), planned_start; start_overdue (the planned start is over);
--   stage. A place every project has. `ready` lacks nothing.
--   Waiting: days from the first known step (identified, signed, approved or land) to the day looked at, a range where that step is known to the month or year.
--   Without such a step: at least since its oldest source was published; empty where that has no date.
--   A bundle is listed beside its parts; `parts` tells how many it has, so that nothing is added up twice.
-- about_zh: 滚动储备：处于谋划、前期阶段的项目，已储备多久，开工前还缺什么。
--   入列：阶段为谋划或前期；没有阶段的，有开工前节点或计划开工日期的。截至日前已开工（实际开工或其后节点）、已取消或阶段更后的不再列入；
--   阶段仍写前期而已开工的留在表内，缺 stage，即阶段有待更新。
--   所缺：investment 投资额，sector 行业，land 用地（无实际用地节点），approval 审批（无实际批复节点），planned_start 计划开工日期，
--   start_overdue 计划开工已过期，stage 阶段有待更新。所在地各项目都有。什么都不缺的为 ready。
--   储备时间：从最早的已知节点（提出、签约、批复、用地）到截至日的天数，该节点只知年月的给出范围；没有节点的，至少自最早来源的发布日起，来源无日期则空。
--   打包项目与其子项目并列，parts 为子项目个数，以免重复相加。
-- param: entity text = null in entity  | 所在地（含下属）：代码、名称或别名；空为全部
--   | place, with all below it: code, name or alias; default: every one
-- param: parent text = null in project  | 清单：只看列在这一项目（规划、打包、年度清单）之下的；空为全部
--   | only the projects listed under this one (a programme, bundle or year's list); default: every one
-- param: kind text = null in ('project', 'bundle', 'platform', 'park', 'facility', 'line', 'programme')
--   | 项目类型；空为除 programme（行动、政策、规划）以外的全部 | kind of project; default: all but programmes, which are not built
-- param: lack text = null in ('ready', 'investment', 'sector', 'planned_start', 'start_overdue', 'land', 'approval', 'stage')
--   | 只看缺某一项的，ready 为什么都不缺的；空为全部 | only those that lack this; ready: that lack nothing; default: every one
-- param: as_of text = null  | 截至哪一天(YYYY-MM-DD；只写年或年月即到其末日；now 为今天)；空为文件中项目消息的最新一天
--   | the last day looked at (a year or month: its last day; now: today); default: the newest day of which the file knows anything of a project
-- columns: stage_name, project_name, entity_name, sector_name, investment, unit, planned_start, since, since_step, waiting_least,
--   waiting_most, lacks, lacks_zh, lacking, parts, as_of, kind, source, locator, stage_name_en, project_name_en, entity_name_en,
--   sector_name_en, stage, project, entity, sector
-- shown: stage_name, project_name, sector_name, investment, unit, planned_start, since, waiting_least, waiting_most, lacks
-- column: stage_name | 项目阶段 | stage of the project
-- column: entity_name | 所在地 | place
-- column: sector_name | 行业 | sector
-- column: investment | 总投资（如印），单位见 unit | total investment as printed, in `unit`
-- column: planned_start | 计划开工时期 | period of the planned start
-- column: since | 储备起于：最早的已知节点的时期，或最早来源的发布日 | period of the first known step, or the day its oldest source was published
-- column: since_step | 该节点；published 为来源发布 | that step; published: the source
-- column: waiting_least | 至少已储备几天 | days in the reserve, at least
-- column: waiting_most | 至多已储备几天；不知起点的空 | days in the reserve, at most; empty where the beginning is not known
-- column: lacks | 所缺，代码 | what it lacks, codes
-- column: lacks_zh | 所缺 | what it lacks, in Chinese
-- column: lacking | 所缺项数 | how many things it lacks
-- column: parts | 子项目个数 | how many parts it has
-- column: as_of | 截至日 | last day looked at
-- column: kind | 项目类型 | kind of project
-- column: stage_name_en | 项目阶段英文 | stage in English
-- column: sector_name_en | 行业英文 | sector in English
WITH RECURSIVE
-- What is known of each project, and by when: the day its source was published, or the last day of what happened.
-- A whole year that a document tells of before it is over is known to the document's day only.
news AS MATERIALIZED (
  SELECT j.id, d.published AS day, d.published
    FROM project AS j
    JOIN source AS d ON d.id = j.source_id
  UNION ALL
  SELECT m.project_id,
         CASE WHEN p.id IS NULL THEN d.published
              WHEN p.kind IN ('year', 'years') AND d.published BETWEEN p.starts AND p.ends THEN d.published
              ELSE max(p.ends, ifnull(d.published, p.ends)) END, d.published
    FROM milestone AS m
    JOIN source AS d ON d.id = m.source_id
    LEFT JOIN period AS p ON p.id = m.actual_id
  UNION ALL
  SELECT y.project_id,
         CASE WHEN y.spent IS NULL THEN d.published
              WHEN p.kind IN ('year', 'years') AND d.published BETWEEN p.starts AND p.ends THEN d.published
              ELSE max(p.ends, ifnull(d.published, p.ends)) END, d.published
    FROM outlay AS y
    JOIN source AS d ON d.id = y.source_id
    JOIN period AS p ON p.id = y.period_id
),
parameter AS MATERIALIZED (
  SELECT CAST(:entity AS TEXT) AS entity, CAST(:parent AS TEXT) AS parent, CAST(:kind AS TEXT) AS kind,
         CAST(:lack AS TEXT) AS lack,
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
-- What happened by the day looked at. `place` is where a step stands before the start; 9 is the start or later.
done AS (
  SELECT m.project_id, m.kind, p.code, p.starts, min(p.ends, q.as_of) AS ends,
         CASE WHEN m.kind IN ('identified', 'signed', 'approved', 'land') THEN 1 WHEN m.kind = 'cancelled' THEN 8 ELSE 9 END AS place
    FROM parameter AS q
    CROSS JOIN milestone AS m
    JOIN period AS p ON p.id = m.actual_id AND p.starts <= q.as_of
),
history AS (
  SELECT d.project_id, max(d.kind = 'approved') AS approved, max(d.kind = 'land') AS land,
         max(d.place = 1) AS early, max(d.place = 8) AS cancelled, max(d.place = 9) AS started
    FROM done AS d
   GROUP BY d.project_id
),
-- The planned start of the newest source, and of one source the most exact.
begins AS (
  SELECT m.project_id, p.code, p.ends,
         row_number() OVER (PARTITION BY m.project_id
                            ORDER BY d.published DESC NULLS LAST, julianday(p.ends) - julianday(p.starts), p.starts,
                                     d.code, m.locator) AS place
    FROM milestone AS m
    JOIN period AS p ON p.id = m.planned_id
    JOIN source AS d ON d.id = m.source_id
   WHERE m.kind = 'start'
),
-- The earliest step: that which was over first, and of one end the most exact. Another may have begun before it.
oldest AS (
  SELECT d.project_id, d.code AS since, d.kind AS step, min(d.starts) OVER (PARTITION BY d.project_id) AS starts, d.ends,
         row_number() OVER (PARTITION BY d.project_id ORDER BY d.ends, d.starts DESC, d.kind) AS place
    FROM done AS d
   WHERE d.place = 1
),
reserve AS MATERIALIZED (
  SELECT j.id, b.code AS planned_start, ifnull(o.since, n.published) AS since,
         CASE WHEN o.since IS NOT NULL THEN o.step WHEN n.published IS NOT NULL THEN 'published' END AS since_step,
         julianday(q.as_of) - julianday(ifnull(o.ends, n.published)) AS waiting_least,
         julianday(q.as_of) - julianday(o.starts) AS waiting_most,
         (SELECT count(*) FROM project AS c WHERE c.parent_id = j.id) AS parts,
         j.investment IS NULL AS no_investment, j.sector IS NULL AS no_sector, b.code IS NULL AS no_start,
         ifnull(b.ends < q.as_of, 0) AND NOT ifnull(h.started, 0) AS start_overdue,
         NOT ifnull(h.land, 0) AS no_land, NOT ifnull(h.approved, 0) AS no_approval, ifnull(h.started, 0) AS started
    FROM parameter AS q
    CROSS JOIN project AS j
    LEFT JOIN history AS h ON h.project_id = j.id
    LEFT JOIN begins AS b ON b.project_id = j.id AND b.place = 1
    LEFT JOIN oldest AS o ON o.project_id = j.id AND o.place = 1
    LEFT JOIN (SELECT w.id, min(w.published) AS published
                 FROM parameter AS q
                 JOIN news AS w ON w.published <= q.as_of
                GROUP BY w.id) AS n ON n.id = j.id
   WHERE CASE WHEN q.kind IS NULL THEN j.kind <> 'programme' ELSE j.kind = q.kind END
     AND j.entity_id IN (SELECT p.id FROM place AS p)
     AND j.id IN (SELECT m.id FROM member AS m)
     AND NOT ifnull(h.cancelled, 0)
     AND CASE WHEN j.stage IS NULL THEN NOT ifnull(h.started, 0) AND (ifnull(h.early, 0) OR b.code IS NOT NULL)
              ELSE j.stage IN ('identification', 'preparation') END
),
told AS (
  SELECT r.id, r.planned_start, r.since, r.since_step, r.waiting_least, r.waiting_most, r.parts,
         r.no_investment + r.no_sector + r.no_land + r.no_approval + r.no_start + r.start_overdue + r.started AS lacking,
         substr(CASE WHEN r.no_investment THEN ', investment' ELSE '' END || CASE WHEN r.no_sector THEN ', sector' ELSE '' END
                || CASE WHEN r.no_land THEN ', land' ELSE '' END || CASE WHEN r.no_approval THEN ', approval' ELSE '' END
                || CASE WHEN r.no_start THEN ', planned_start' ELSE '' END
                || CASE WHEN r.start_overdue THEN ', start_overdue' ELSE '' END
                || CASE WHEN r.started THEN ', stage' ELSE '' END, 3) AS lacks,
         substr(CASE WHEN r.no_investment THEN '、投资额' ELSE '' END || CASE WHEN r.no_sector THEN '、行业' ELSE '' END
                || CASE WHEN r.no_land THEN '、用地' ELSE '' END || CASE WHEN r.no_approval THEN '、审批' ELSE '' END
                || CASE WHEN r.no_start THEN '、计划开工日期' ELSE '' END
                || CASE WHEN r.start_overdue THEN '、按期开工' ELSE '' END
                || CASE WHEN r.started THEN '、阶段更新' ELSE '' END, 2) AS lacks_zh
    FROM reserve AS r
)
SELECT coalesce(s.name, '未注明') AS stage_name, j.name AS project_name, e.name AS entity_name, c.name AS sector_name,
       coalesce(j.investment_printed,
                CASE WHEN j.investment = CAST(j.investment AS INTEGER) THEN CAST(CAST(j.investment AS INTEGER) AS TEXT)
                     ELSE CAST(j.investment AS TEXT) END) AS investment, u.code AS unit,
       t.planned_start, t.since, t.since_step,
       CAST(t.waiting_least AS INTEGER) AS waiting_least, CAST(t.waiting_most AS INTEGER) AS waiting_most,
       CASE WHEN t.lacking = 0 THEN 'ready' ELSE t.lacks END AS lacks,
       CASE WHEN t.lacking = 0 THEN '齐备' ELSE t.lacks_zh END AS lacks_zh, t.lacking, t.parts, q.as_of, j.kind,
       d.code AS source, j.locator, coalesce(s.name_en, 'not stated') AS stage_name_en, j.name_en AS project_name_en,
       e.name_en AS entity_name_en, c.name_en AS sector_name_en, j.stage, j.code AS project, e.code AS entity, j.sector
  FROM parameter AS q
  CROSS JOIN told AS t
  JOIN project AS j ON j.id = t.id
  JOIN entity AS e ON e.id = j.entity_id
  JOIN source AS d ON d.id = j.source_id
  LEFT JOIN stage AS s ON s.code = j.stage
  LEFT JOIN sector AS c ON c.code = j.sector
  LEFT JOIN unit AS u ON u.id = j.unit_id
 WHERE q.lack IS NULL OR q.lack = 'ready' AND t.lacking = 0 OR ', ' || t.lacks || ',' LIKE '%, ' || q.lack || ',%'
 ORDER BY s.position DESC NULLS LAST, t.lacking, t.waiting_least DESC NULLS LAST, j.code;
