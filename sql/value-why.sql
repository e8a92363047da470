-- name: value-why
-- family: lookup
-- about: Why a figure is the one used, one row a step: the figure with its source, why it was chosen, every other figure of the series and
--   period with why it was not, figures of other scopes and measures, which can't be compared, the formula and former values.
--   Of the figures of a period a number stands before words, an exact one before a bound, a final one before a provisional one and
--   that before a forecast, a newer source before an older or undated one; of one source the first place.
--   A level whose indicator has a formula is recomputed from its parts of the same entity, scope and period, as value-formula does and
--   explains: closes (the parts as printed give it to its last digit), rounding (only if the parts were rounded), differs, or why it
--   can't be computed. Former values are those of the figures shown, kept by imports and by hand edits.
-- about_zh: 一个数为何采用，一步一行：采用的数及其来源、采用的理由、同一序列同一时期其他的数及未采用的理由、其他口径和计量（不可比）、公式、原值。
--   同期各数的先后：数值、文字；确数、界限值；正式数、初步数、预测数；新来源、旧的或没有日期的来源；同一来源取排在前面的。
--   指标有公式的水平值，用同一对象、口径、时期的分项重算，办法同 value-formula：closes 与末位数字相符，rounding 分项舍入可以解释，
--   differs 不能解释，或写明不能计算的原因。原值是所列各数在导入或手工修改以前的值。
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为全部 | indicator: code, name or alias; default: every one
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- param: period text = null  | 时期，如 2021、2021-Q3、2021-01/2021-08；空为每个序列最新的
--   | period, such as 2021, 2021-Q3, 2021-01/2021-08; default: the newest of each series
-- param: scope text = null in scope  | 口径：代码或名称；空为全部 | scope: code or name; default: every one
-- param: measure text = null  | 计量：level、yoy、rank 等；空为全部 | measure: level, yoy, rank, ...; default: every one
-- columns: subject, step, part, class, text_zh, text, value, unit, period, source, locator, subject_en,
--   indicator, entity, scope, measure, among
-- shown: subject, step, part, class, text_zh, value, unit, source, locator
-- column: subject | 哪一个序列、哪一时期 | the series and period
-- column: step | 第几步 | number of the step
-- column: part | 步骤：采用的数、导入、理由、未采用、不可比、分项、公式、差额、原值
--   | the step: figure, import, choice, not_used, not_comparable, operand, formula, gap, former
-- column: class | 类别：状态、未采用的理由、公式的类别或原因的代码
--   | code of the status, of why a figure was not used, or of what came of the formula
-- column: text_zh | 这一步，一句话 | the step in a Chinese sentence
-- column: text | 这一步，一句英文 | the step in a sentence
-- column: value | 这一步的数值，单位同 unit | number of the step, in `unit`
-- column: period | 数值所属时期 | period that the number is of
WITH
parameter AS (
  SELECT CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity, CAST(:period AS TEXT) AS period,
         CAST(:scope AS TEXT) AS scope, CAST(:measure AS TEXT) AS measure
),
wanted_indicator AS (
  SELECT i.id
    FROM parameter AS q
    CROSS JOIN indicator AS i
   WHERE q.indicator IS NULL OR q.indicator IN (i.code, i.name, i.name_en)
         OR i.id IN (SELECT a.indicator_id FROM alias AS a WHERE a.kind = 'indicator' AND a.name = q.indicator)
),
wanted_entity AS (
  SELECT e.id
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.entity IS NULL OR q.entity IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.entity)
),
-- The series asked for: by their indicators, or by the entity where only that is given.
asked AS (
  SELECT s.id
    FROM parameter AS q
    CROSS JOIN wanted_indicator AS i
    CROSS JOIN series AS s ON s.indicator_id = i.id
   WHERE (q.indicator IS NOT NULL OR q.entity IS NULL)
     AND (q.entity IS NULL OR s.entity_id IN (SELECT w.id FROM wanted_entity AS w))
  UNION ALL
  SELECT s.id
    FROM parameter AS q
    CROSS JOIN wanted_entity AS e
    CROSS JOIN series AS s ON s.entity_id = e.id
   WHERE q.indicator IS NULL AND q.entity IS NOT NULL
),
wanted AS MATERIALIZED (
  SELECT s.id, s.indicator_id, s.entity_id, s.scope_id, s.measure, coalesce(p.id, s.last_period_id) AS period_id, u.factor
    FROM parameter AS q
    CROSS JOIN asked AS a
    CROSS JOIN series AS s ON s.id = a.id
    CROSS JOIN scope AS c ON c.id = s.scope_id
    CROSS JOIN unit AS u ON u.id = s.unit_id
    LEFT JOIN period AS p ON p.code = q.period
   WHERE (q.period IS NULL OR p.id IS NOT NULL)
     AND (q.scope IS NULL OR q.scope IN (c.code, c.name, c.name_en))
     AND (q.measure IS NULL OR q.measure = s.measure)
),
-- A unit whose English name begins with a number, such as 100 million yuan, is set off from the figure. `apart`: the unit of a difference.
measured AS MATERIALIZED (
  SELECT u.id, u.code, u.factor, iif(u.name_en GLOB '[0-9]*', '× ', '') || coalesce(u.name_en, u.code) AS en,
         iif(u.code = '%', '百分点', u.code) AS apart, iif(u.code = '%', 'percentage points',
         iif(u.name_en GLOB '[0-9]*', '× ', '') || coalesce(u.name_en, u.code)) AS apart_en
    FROM unit AS u
),
-- Each series asked for, its siblings of the same indicator and entity, and the parts of its formula, which count from 1.
line (home, series_id, period_id, place, role, coefficient, operand_id) AS (
  SELECT w.id, s.id, w.period_id, 0, iif(s.id = w.id, 'itself', 'sibling'), iif(s.id = w.id, 1.0, NULL), NULL
    FROM wanted AS w
    CROSS JOIN series AS s ON s.indicator_id = w.indicator_id AND s.entity_id = w.entity_id
  UNION ALL
  SELECT w.id, s.id, w.period_id, row_number() OVER (PARTITION BY w.id ORDER BY f.role DESC, x.code), f.role, f.coefficient, f.operand_id
    FROM wanted AS w
    CROSS JOIN formula AS f ON f.indicator_id = w.indicator_id
    CROSS JOIN indicator AS x ON x.id = f.operand_id
    LEFT JOIN series AS s
      ON s.indicator_id = f.operand_id AND s.entity_id = w.entity_id AND s.scope_id = w.scope_id AND s.measure = 'level'
     AND ifnull(s.among_id, 0) = 0
   WHERE w.measure = 'level'
),
-- Their figures, as printed. `text`: from the first digit on, without thousands separators; a plain number needs no search.
figure AS MATERIALIZED (
  SELECT l.home, l.series_id, l.period_id, l.place AS position, l.role, l.coefficient, o.source_id, o.locator, o.value, o.comparator,
         o.status, o.import_id, t.precedence, t.missing, d.published, d.code AS source, m.id AS unit_id, m.factor,
         o.comparator <> '=' OR o.high IS NOT NULL AS bounded,
         coalesce(o.printed, iif(o.value IS NULL, '——', format('%.15g', o.value))) AS printed,
         iif(o.value IS NULL, '', ' ' || coalesce(o.printed_unit, m.code)) AS printed_unit,
         iif(o.value IS NULL, '', ' ' || coalesce(k.en, o.printed_unit, m.en)) AS printed_unit_en,
         CASE WHEN o.printed IS NOT NULL
              THEN substr(replace(replace(o.printed, ',', ''), '，', ''),
                          (SELECT min(nullif(instr(replace(replace(o.printed, ',', ''), '，', ''), n.value), 0))
                             FROM json_each('["0","1","2","3","4","5","6","7","8","9"]') AS n))
              WHEN o.value <> CAST(o.value AS INTEGER) THEN CAST(abs(o.value) AS TEXT) END AS text,
         row_number() OVER (PARTITION BY l.home, l.place, l.series_id
                            ORDER BY o.value IS NULL, o.comparator <> '=', t.precedence, d.published DESC NULLS LAST, d.code, o.locator)
           AS turn,
         count(*) OVER (PARTITION BY l.home, l.place, l.series_id) AS rivals
    FROM line AS l
    CROSS JOIN observation AS o ON o.series_id = l.series_id AND o.period_id = l.period_id
    CROSS JOIN status AS t ON t.code = o.status
    CROSS JOIN source AS d ON d.id = o.source_id
    CROSS JOIN series AS s ON s.id = l.series_id
    CROSS JOIN measured AS m ON m.id = s.unit_id
    LEFT JOIN measured AS k ON k.code = o.printed_unit
),
-- The figure used of each series asked for.
used AS MATERIALIZED (
  SELECT f.home, f.period_id, f.source_id, f.locator, f.value, f.comparator, f.bounded, f.precedence, f.published, f.source
    FROM figure AS f
   WHERE f.role = 'itself' AND f.turn = 1
),
-- Half a unit of the last printed decimal: 0.005 for 1.60, 50 for 6.19 万元 stored in 元. The printed number may be in
-- another unit than the value, so it is scaled by what lies between them.
rounded AS (
  SELECT f.home, f.position, f.role, f.coefficient, f.series_id, f.source_id, f.locator, f.value, f.bounded, f.precedence, f.published,
         f.source, f.factor, f.printed, f.printed_unit, f.printed_unit_en,
         CASE WHEN f.text IS NULL THEN 0.5
              ELSE CASE WHEN CAST(f.text AS REAL) > 0 AND f.value <> 0 THEN abs(f.value) / CAST(f.text AS REAL) ELSE 1 END
                     * 0.5 * pow(10, -CASE WHEN f.text GLOB '*[0-9].[0-9]*'
                                           THEN length(substr(f.text, instr(f.text, '.') + 1))
                                                - length(ltrim(substr(f.text, instr(f.text, '.') + 1), '0123456789'))
                                           ELSE 0 END) END AS half
    FROM figure AS f
   WHERE f.value IS NOT NULL AND f.role <> 'sibling'
),
-- The figure of each part that is taken: from the value's own source (there the one printed more exactly), else the best.
taken AS MATERIALIZED (
  SELECT r.home, r.position, r.role, r.coefficient, r.series_id, r.source_id, r.locator, r.value, r.bounded, r.half, r.factor, r.printed, r.printed_unit, r.printed_unit_en,
         row_number() OVER (PARTITION BY r.home, r.position
                            ORDER BY r.bounded, r.source_id = u.source_id DESC, CASE WHEN r.source_id = u.source_id THEN r.half END,
                                     r.precedence, r.published DESC NULLS LAST, r.source, r.locator) AS turn
    FROM used AS u
    CROSS JOIN rounded AS r ON r.home = u.home
   WHERE CASE r.position WHEN 0 THEN r.source_id = u.source_id AND r.locator = u.locator
                         ELSE r.precedence < 3 OR r.precedence = u.precedence END
),
-- The parts side by side and summed in base units, with what rounding leaves open. Without a denominator the value is a sum.
summed AS (
  SELECT p.home, p.used, p.used_half, p.used_bounded, p.used_factor, p.period_id,
         group_concat(CASE p.role WHEN 'numerator' THEN p.term END, ' + ') AS tops,
         group_concat(CASE p.role WHEN 'numerator' THEN p.term_en END, ' + ') AS tops_en,
         group_concat(CASE p.role WHEN 'denominator' THEN p.term END, ' + ') AS bottoms,
         group_concat(CASE p.role WHEN 'denominator' THEN p.term_en END, ' + ') AS bottoms_en,
         sum(p.role = 'numerator') > 1 AS several_tops, sum(p.role = 'denominator') > 1 AS several_bottoms,
         sum(p.value IS NULL) AS missing, sum(p.bounded) AS bounds,
         sum(CASE p.role WHEN 'numerator' THEN p.coefficient * p.value * p.factor END) AS top,
         sum(CASE p.role WHEN 'numerator' THEN abs(p.coefficient) * p.half * p.factor END) AS top_half,
         coalesce(sum(CASE p.role WHEN 'denominator' THEN p.coefficient * p.value * p.factor END), 1) AS bottom,
         coalesce(sum(CASE p.role WHEN 'denominator' THEN abs(p.coefficient) * p.half * p.factor END), 0) AS bottom_half
    FROM (SELECT l.home, l.role, l.coefficient, l.period_id, t.value, t.bounded, t.half, t.factor,
                 y.value AS used, y.half AS used_half, y.bounded AS used_bounded, y.factor AS used_factor,
                 iif(l.coefficient = 1, '', format('%g × ', l.coefficient)) || x.name || ' ' || coalesce(t.printed || t.printed_unit, '?') AS term,
                 iif(l.coefficient = 1, '', format('%g × ', l.coefficient)) || coalesce(x.name_en, x.name) || ' '
                   || coalesce(t.printed || t.printed_unit_en, '?') AS term_en
            FROM taken AS y
            JOIN line AS l ON l.home = y.home AND l.place > 0
            JOIN indicator AS x ON x.id = l.operand_id
            LEFT JOIN taken AS t ON t.home = l.home AND t.position = l.place AND t.turn = 1
           WHERE y.position = 0
           ORDER BY l.home, l.place) AS p
   GROUP BY p.home
),
recomputed AS (
  SELECT s.home, s.period_id, s.used, s.used_half,
         replace(replace(CASE WHEN s.bottoms IS NULL THEN s.tops
                              ELSE iif(s.several_tops, '(' || s.tops || ')', s.tops) || ' / '
                                     || iif(s.several_bottoms, '(' || s.bottoms || ')', s.bottoms) END,
                         ' + -1 × ', ' - '), ' + -', ' - ') AS calculation,
         replace(replace(CASE WHEN s.bottoms IS NULL THEN s.tops_en
                              ELSE iif(s.several_tops, '(' || s.tops_en || ')', s.tops_en) || ' / '
                                     || iif(s.several_bottoms, '(' || s.bottoms_en || ')', s.bottoms_en) END,
                         ' + -1 × ', ' - '), ' + -', ' - ') AS calculation_en,
         CASE WHEN s.missing > 0 THEN 'missing_operand'
              WHEN s.bounds > 0 THEN 'bound_operand'
              WHEN abs(s.bottom) <= s.bottom_half THEN 'zero_denominator'
              WHEN s.used_bounded THEN 'bound_value' END AS reason,
         CASE WHEN s.missing = 0 AND s.bounds = 0 AND abs(s.bottom) > s.bottom_half
              THEN s.top / s.bottom / s.used_factor END AS result,
         min((s.top - s.top_half) / (s.bottom - s.bottom_half), (s.top - s.top_half) / (s.bottom + s.bottom_half),
             (s.top + s.top_half) / (s.bottom - s.bottom_half), (s.top + s.top_half) / (s.bottom + s.bottom_half))
           / s.used_factor AS least,
         max((s.top - s.top_half) / (s.bottom - s.bottom_half), (s.top - s.top_half) / (s.bottom + s.bottom_half),
             (s.top + s.top_half) / (s.bottom - s.bottom_half), (s.top + s.top_half) / (s.bottom + s.bottom_half))
           / s.used_factor AS most
    FROM summed AS s
),
-- A trace more than half a digit, for binary fractions.
classed AS MATERIALIZED (
  SELECT r.home, r.period_id, r.used, r.used_half, r.calculation, r.calculation_en, r.reason, r.result, r.least, r.most,
         CASE WHEN r.reason IS NOT NULL THEN r.reason
              WHEN abs(r.used - r.result) <= r.used_half * (1 + 1e-9) THEN 'closes'
              WHEN r.least <= r.used + r.used_half * (1 + 1e-9) AND r.most >= r.used - r.used_half * (1 + 1e-9) THEN 'rounding'
              ELSE 'differs' END AS class
    FROM recomputed AS r
),
-- What each code says.
saying (code, zh, en) AS (
  VALUES ('words', '文字，同期另有数值', 'words, where there is a number'), ('missing_mark', '缺失', 'a missing mark'),
         ('bound', '界限值或约数，同期另有确数', 'a bound or an about, where there is an exact number'),
         ('provisional', '初步数，同期另有正式数', 'provisional, where there is a final figure'),
         ('forecast', '预测数，同期另有实际数', 'a forecast, where there is an outcome'),
         ('later_locator', '同一来源中排在后面', 'a later place of the same source'),
         ('older_source', '来源较旧或没有日期', 'an older or undated source'),
         ('other_source', '来源日期相同，按代码排在后面', 'of a source of the same date, later by its code'),
         ('other_scope', '口径不同', 'another scope'), ('other_measure', '计量不同', 'another measure'),
         ('other_group', '比较的对象不同', 'compared with others'),
         ('closes', '与末位数字相符', 'it agrees to the last digit printed'),
         ('rounding', '分项的四舍五入可以解释', 'the rounding of the parts explains it'),
         ('differs', '四舍五入不能解释', 'no rounding explains it'), ('missing_operand', '缺分项数据', 'a part is missing'),
         ('bound_operand', '有分项是界限值、范围或约数', 'a part is a bound, a range or an about'),
         ('zero_denominator', '分母为零或可能由零舍入而来', 'the denominator is zero, or may have been rounded from it'),
         ('bound_value', '印出的数是界限值、范围或约数，不能对照', 'the printed figure is a bound, a range or an about, which can''t be compared')
),
-- The figures that are told of: the one used, its rivals, the first of each sibling, and the parts taken.
told AS (
  SELECT f.home, f.series_id, f.period_id, f.role, f.turn, f.position, f.source_id, f.locator, f.value, f.status, f.import_id, f.rivals,
         f.printed, f.printed_unit, f.printed_unit_en, f.published, f.unit_id,
         CASE f.role WHEN 'itself' THEN iif(f.turn = 1, 'figure', 'not_used') WHEN 'sibling' THEN 'not_comparable' ELSE 'operand' END AS part,
         CASE WHEN f.role = 'sibling'
              THEN CASE WHEN s.scope_id <> w.scope_id THEN 'other_scope' WHEN s.measure <> w.measure THEN 'other_measure' ELSE 'other_group' END
              WHEN f.role <> 'itself' THEN f.role
              WHEN f.turn = 1 THEN f.status
              WHEN f.missing THEN 'missing_mark'
              WHEN f.value IS NULL AND u.value IS NOT NULL THEN 'words'
              WHEN f.comparator <> '=' AND u.comparator = '=' THEN 'bound'
              WHEN f.precedence > u.precedence THEN iif(f.precedence = 3, 'forecast', 'provisional')
              WHEN f.source_id = u.source_id THEN 'later_locator'
              ELSE iif(f.published IS u.published, 'other_source', 'older_source') END AS class,
         CASE WHEN f.role = 'itself' AND f.turn > 1 AND NOT f.bounded AND NOT u.bounded THEN round(f.value - u.value, 6) END AS more,
         i.name, coalesce(i.name_en, i.name) AS name_en,
         CASE WHEN s.scope_id <> w.scope_id THEN c.name WHEN s.measure <> w.measure THEN s.measure ELSE a.name END AS detail,
         CASE WHEN s.scope_id <> w.scope_id THEN coalesce(c.name_en, c.name) WHEN s.measure <> w.measure THEN s.measure
              ELSE coalesce(a.name_en, a.name) END AS detail_en
    FROM used AS u
    CROSS JOIN figure AS f ON f.home = u.home
    CROSS JOIN series AS w ON w.id = u.home
    CROSS JOIN series AS s ON s.id = f.series_id
    CROSS JOIN indicator AS i ON i.id = s.indicator_id
    CROSS JOIN scope AS c ON c.id = s.scope_id
    LEFT JOIN entity AS a ON a.id = s.among_id
    LEFT JOIN taken AS t
      ON t.home = f.home AND t.position = f.position AND t.series_id = f.series_id AND t.source_id = f.source_id
     AND t.locator = f.locator AND t.turn = 1
   WHERE f.role = 'itself' OR f.role = 'sibling' AND f.turn = 1 OR f.position > 0 AND t.home IS NOT NULL
),
step (home, rank, turn, part, class, zh, en, value, unit, period_id, source, locator) AS MATERIALIZED (
  SELECT w.home, CASE w.part WHEN 'figure' THEN 10 WHEN 'not_used' THEN 30 WHEN 'not_comparable' THEN 40 ELSE 50 END,
         CASE w.part WHEN 'operand' THEN w.position WHEN 'not_comparable' THEN w.series_id ELSE w.turn END, w.part, w.class,
         CASE w.part WHEN 'figure' THEN '采用：' WHEN 'not_used' THEN '未用：' WHEN 'not_comparable' THEN '不可比：' ELSE '分项：' || w.name || ' ' END
           || w.printed || w.printed_unit || '，'
           || CASE w.part WHEN 'not_used' THEN y.zh WHEN 'not_comparable' THEN format('%s（%s）', y.zh, w.detail) ELSE z.name END
           || CASE WHEN w.more = 0 THEN '，与采用的数相同' WHEN w.more > 0 THEN format('，多 %.15g %s', w.more, u.apart)
                   WHEN w.more < 0 THEN format('，少 %.15g %s', -w.more, u.apart) ELSE '' END
           || format('，出自《%s》', d.title) || iif(w.part = 'figure', ifnull('，' || w.published || ' 发布', ''), ''),
         CASE w.part WHEN 'figure' THEN 'Used: ' WHEN 'not_used' THEN 'Not used: ' WHEN 'not_comparable' THEN 'Not comparable: '
                     ELSE 'Part: ' || w.name_en || ' ' END
           || w.printed || w.printed_unit_en || ', '
           || CASE w.part WHEN 'not_used' THEN y.en WHEN 'not_comparable' THEN format('%s (%s)', y.en, w.detail_en) ELSE lower(z.name_en) END
           || CASE WHEN w.more = 0 THEN ', the same number' WHEN w.more > 0 THEN format(', %.15g %s more', w.more, u.apart_en)
                   WHEN w.more < 0 THEN format(', %.15g %s less', -w.more, u.apart_en) ELSE '' END
           || ', from ' || coalesce(d.title_en, d.title) || iif(w.part = 'figure', ifnull(', published ' || w.published, ''), ''),
         w.value, u.code, w.period_id, d.code, w.locator
    FROM told AS w
    CROSS JOIN status AS z ON z.code = w.status
    CROSS JOIN source AS d ON d.id = w.source_id
    CROSS JOIN measured AS u ON u.id = w.unit_id
    LEFT JOIN saying AS y ON y.code = w.class
  UNION ALL
  SELECT f.home, 11, 0, 'import', NULL, format('导入：第 %d 次导入，文件 %s，%s', m.id, m.file, m.at),
         format('Import: number %d, of file %s at %s', m.id, m.file, m.at), NULL, NULL, NULL, f.source, f.locator
    FROM figure AS f
    CROSS JOIN import AS m ON m.id = f.import_id
   WHERE f.role = 'itself' AND f.turn = 1
  UNION ALL
  SELECT f.home, 20, 0, 'choice', iif(f.rivals = 1, 'only', 'first'),
         '理由：' || iif(q.period IS NULL, '没有指定时期，取最新的；', '')
           || iif(f.rivals = 1, '该时期只有这一个数', format('该时期有 %d 个数，这一个排在最前', f.rivals)),
         'Chosen: ' || iif(q.period IS NULL, 'no period was asked for, so the newest; ', '')
           || iif(f.rivals = 1, 'it is the only figure of the period', format('of the %d figures of the period it stands first', f.rivals)),
         NULL, NULL, f.period_id, NULL, NULL
    FROM parameter AS q
    CROSS JOIN figure AS f
   WHERE f.role = 'itself' AND f.turn = 1
  UNION ALL
  SELECT c.home, iif(x.column1 = 'formula', 60, 61), 0, x.column1, c.class,
         CASE x.column1
           WHEN 'formula' THEN '公式：' || c.calculation || iif(c.result IS NULL, '', format(' = %.15g %s', round(c.result, 6), u.code))
             || ifnull(iif(c.result IS NULL, '，无法计算：', '；') || iif(c.reason IS NULL, NULL, y.zh), '')
           ELSE format('差额：%.15g - %s = %.15g %s，%s（分项舍入前算得 %.15g 至 %.15g，印出的数舍入前为 %.15g 至 %.15g）', c.used,
                  format(iif(c.result < 0, '(%.15g)', '%.15g'), round(c.result, 6)), round(c.used - c.result, 6) + 0.0, u.apart, y.zh,
                  round(c.least, 6), round(c.most, 6), round(c.used - c.used_half, 6), round(c.used + c.used_half, 6)) END,
         CASE x.column1
           WHEN 'formula' THEN 'Formula: ' || c.calculation_en || iif(c.result IS NULL, '', format(' = %.15g %s', round(c.result, 6), u.en))
             || ifnull(iif(c.result IS NULL, ', not computable: ', '; ') || iif(c.reason IS NULL, NULL, y.en), '')
           ELSE format('Gap: %.15g - %s = %.15g %s, %s (before rounding the parts give %.15g to %.15g, and the figure is %.15g to %.15g)', c.used,
                  format(iif(c.result < 0, '(%.15g)', '%.15g'), round(c.result, 6)), round(c.used - c.result, 6) + 0.0, u.apart_en, y.en,
                  round(c.least, 6), round(c.most, 6), round(c.used - c.used_half, 6), round(c.used + c.used_half, 6)) END,
         iif(x.column1 = 'formula', c.result, c.used - c.result), iif(x.column1 = 'formula', u.code, u.apart), c.period_id, NULL, NULL
    FROM classed AS c
    CROSS JOIN (VALUES ('formula'), ('gap')) AS x
    CROSS JOIN series AS s ON s.id = c.home
    CROSS JOIN measured AS u ON u.id = s.unit_id
    CROSS JOIN saying AS y ON y.code = c.class
   WHERE x.column1 = 'formula' OR c.reason IS NULL
  UNION ALL
  -- A revision's key names its row by codes, in this order.
  SELECT f.home, 70, r.id, 'former', iif(r.import_id IS NULL, 'hand', 'import'),
         format('原值：%s，%s', trim(r.former ->> 'value' || ' ' || (r.former ->> 'unit')),
                iif(m.id IS NULL, format('%s 手工修改', r.at), format('第 %d 次导入（%s，%s）时修改', m.id, m.file, m.at))),
         format('Former: %s, changed %s', trim(r.former ->> 'value' || ' ' || (r.former ->> 'unit')),
                iif(m.id IS NULL, format('by hand at %s', r.at), format('by import %d (%s, %s)', m.id, m.file, m.at))),
         CASE WHEN r.former ->> 'unit' = '' AND r.former ->> 'value' = format('%.15g', CAST(r.former ->> 'value' AS REAL))
              THEN CAST(r.former ->> 'value' AS REAL) END,
         u.code, f.period_id, f.source, f.locator
    FROM figure AS f
    CROSS JOIN series AS s ON s.id = f.series_id
    CROSS JOIN indicator AS i ON i.id = s.indicator_id
    CROSS JOIN entity AS e ON e.id = s.entity_id
    CROSS JOIN scope AS c ON c.id = s.scope_id
    CROSS JOIN period AS p ON p.id = f.period_id
    CROSS JOIN measured AS u ON u.id = f.unit_id
    LEFT JOIN entity AS a ON a.id = s.among_id
    CROSS JOIN revision AS r
      ON r.table_name = 'observation'
     AND r.key = json_object('indicator', i.code, 'entity', e.code, 'period', p.code, 'scope', c.code, 'measure', s.measure,
                             'among', ifnull(a.code, ''), 'source', f.source, 'locator', f.locator)
    LEFT JOIN import AS m ON m.id = r.import_id
   WHERE f.role = 'itself' AND r.former IS NOT NULL
),
numbered AS (
  SELECT k.home, k.part, k.class, k.zh, k.en, k.value, k.unit, k.period_id, k.source, k.locator,
         row_number() OVER (PARTITION BY k.home ORDER BY k.rank, k.turn) AS step
    FROM step AS k
)
SELECT format('%s · %s · %s%s%s%s', i.name, e.name, p.code, iif(c.code = '', '', ' · ' || c.name),
              iif(s.measure = 'level', '', ' · ' || s.measure), ifnull(' · ' || a.name, '')) AS subject,
       k.step, k.part, k.class, k.zh || '。' AS text_zh, k.en || '.' AS text,
       k.value, k.unit, x.code AS period, k.source, k.locator,
       format('%s · %s · %s%s%s%s', coalesce(i.name_en, i.name), coalesce(e.name_en, e.name), p.code,
              iif(c.code = '', '', ' · ' || coalesce(c.name_en, c.name)), iif(s.measure = 'level', '', ' · ' || s.measure),
              ifnull(' · ' || coalesce(a.name_en, a.name), '')) AS subject_en,
       i.code AS indicator, e.code AS entity, c.code AS scope, s.measure, a.code AS among
  FROM numbered AS k
  CROSS JOIN used AS w ON w.home = k.home
  CROSS JOIN series AS s ON s.id = k.home
  CROSS JOIN indicator AS i ON i.id = s.indicator_id
  CROSS JOIN entity AS e ON e.id = s.entity_id
  CROSS JOIN scope AS c ON c.id = s.scope_id
  CROSS JOIN period AS p ON p.id = w.period_id
  LEFT JOIN entity AS a ON a.id = s.among_id
  LEFT JOIN period AS x ON x.id = k.period_id
 ORDER BY i.code, e.code, c.code, s.measure, a.code, k.step;
