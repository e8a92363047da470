// Copies of a small file for tests of comparing and merging.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "edit.h"
#include "planfile/diff.h"
#include "planfile/file.h"
#include "planfile/merge.h"
#include "store.h"
#include "support.h"

namespace planfile::test {

inline Import import_called(std::string file) {
  Import import;
  import.at = "2026-03-01T08:00:00Z";
  import.table_name = "observation";
  import.sha256 = std::string(64, static_cast<char>('0' + file.size() % 10));
  import.file = std::move(file);
  import.version = "0.1.0";
  return import;
}

// The rows of a statement, cells parted by bars.
inline std::string sql_of(const File& file, const std::string& text) {
  SQLite::Statement statement(FileAccess::database(file).sqlite(), text);
  std::string rows;
  while (statement.executeStep()) {
    for (int at = 0; at < statement.getColumnCount(); ++at) {
      rows += (at == 0 ? "" : "|") + statement.getColumn(at).getString();
    }
    rows += '\n';
  }
  return rows;
}

// What SQLite finds wrong, and summaries of series that are not true; empty when all is well.
inline std::string trouble_of(const File& file) {
  const std::string whole = sql_of(file, "PRAGMA integrity_check");
  return (whole == "ok\n" ? "" : whole) + sql_of(file, "PRAGMA foreign_key_check") +
         sql_of(file,
                "SELECT s.id, s.observations, y.observations, s.last_value, y.last_value "
                "FROM series AS s JOIN series_summary AS y ON y.series_id = s.id "
                "WHERE (s.observations, s.first_period_id, s.first_value, s.last_period_id, "
                "s.last_value, s.lowest, s.highest) IS NOT (y.observations, y.first_period_id, "
                "y.first_value, y.last_period_id, y.last_value, y.lowest, y.highest)") +
         sql_of(file,
                "SELECT id FROM series WHERE id NOT IN (SELECT series_id FROM observation) "
                "AND id NOT IN (SELECT series_id FROM target)");
}

// What `after` differs in, one sentence a line.
inline std::string told_of(const File& before, const File& after) {
  std::string text;
  diff(before, after, {}, [&](const Difference& one) { text += one.text + '\n'; });
  return text;
}

// A folder with `base.db`, and copies of it.
class Copies : public Folder {
 public:
  Copies() : base(File::in_memory()) {
    Edit edit(base);
    put<Source>(edit, {{"a", "年鉴", "Yearbook", "", "2023-03-01", "yearbook", ""},
                       {"b", "公报", "Bulletin", "", "2024-03-01", "bulletin", ""}});
    put<Entity>(edit, {{"x", "某区", "District X", "district", "", "", "", "", ""},
                       {"y", "某镇", "Town Y", "town", "x", "", "", "", ""}});
    put<Indicator>(edit, {{"gdp", "生产总值", "GDP", "亿元", "", "higher", "flow", "", "", ""},
                          {"rd", "研发占比", "R&D share", "%", "", "higher", "ratio", "", "", ""}});
    put<Plan>(edit, {{"p", "规划", "Plan", "x", *parse_period("2021/2025"), "a", "", ""}});
    std::vector<Observation> figures;
    for (const char* period : {"2018", "2019", "2020", "2021", "2022"}) {
      figures.push_back(figure(period, 100 + static_cast<double>(figures.size())));
      figures.push_back(figure(period, 2, "rd", "y"));
    }
    put<Observation>(edit, figures);
    put<Target>(edit, {target("2025", 150), target("2025", 3, "rd"), target("2023", 130)});
    put<Project>(edit, {project("j"), project("k")});
    put<Milestone>(edit, {{"j", "start", *parse_period("2022"), {}, "a", "", "", {}}});
    put<Outlay>(edit, {outlay("j", 5), outlay("k", 7)});
    edit.commit();
  }

  template <class Fact>
  static void put(Edit& edit, const std::vector<Fact>& facts) {
    edit.put(std::span<const Fact>(facts));
  }

  // A copy of the base, or of `from`.
  [[nodiscard]] File copy(std::string_view name) const { return copy(name, base); }
  [[nodiscard]] File copy(std::string_view name, const File& from) const {
    from.copy_to(path(name));
    return File::open(path(name), File::Access::write);
  }

  template <class Fact>
  static void change(File& file, const std::vector<Fact>& facts) {
    Edit edit(file);
    put(edit, facts);
    edit.commit();
  }

  template <class Fact>
  static void import_into(File& file, std::string name, const std::vector<Fact>& facts) {
    Edit edit(file);
    edit.begin(import_called(std::move(name)));
    put(edit, facts);
    edit.commit();
  }

  template <class Fact>
  static void remove(File& file, const std::vector<Fact>& facts) {
    Edit edit(file);
    EditAccess::store(edit).remove(std::span<const Fact>(facts));
    EditAccess::database(edit).sqlite().exec(
        "DELETE FROM series WHERE id NOT IN (SELECT series_id FROM observation) "
        "AND id NOT IN (SELECT series_id FROM target)");
    EditAccess::touch(edit);
    edit.commit();
  }

  static Observation figure(std::string_view period, double value, std::string indicator = "gdp",
                            std::string entity = "x") {
    Observation fact;
    fact.indicator = std::move(indicator);
    fact.entity = std::move(entity);
    fact.period = *parse_period(period);
    fact.value.value = value;
    fact.measure = "level";
    fact.status = "A";
    fact.source = "a";
    return fact;
  }

  static Target target(std::string_view period, double value, std::string indicator = "gdp") {
    Target fact;
    fact.plan = "p";
    fact.indicator = std::move(indicator);
    fact.entity = "x";
    fact.period = *parse_period(period);
    fact.value.value = value;
    fact.measure = "level";
    fact.source = "a";
    return fact;
  }

  static Project project(std::string code) {
    Project fact;
    fact.name = "项目" + code;
    fact.code = std::move(code);
    fact.entity = "x";
    fact.kind = "project";
    fact.stage = "preparation";
    fact.investment.value = 10;
    fact.unit = "亿元";
    fact.source = "a";
    return fact;
  }

  static Outlay outlay(std::string project, double planned) {
    Outlay fact;
    fact.project = std::move(project);
    fact.period = *parse_period("2022");
    fact.planned.value = planned;
    fact.unit = "亿元";
    fact.source = "a";
    return fact;
  }

  File base;
};

}  // namespace planfile::test
