#include "references.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace planfile {
namespace {

std::string identifier(std::string_view name) {
  std::string text = "\"";
  for (const char c : name) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + '"';
}

std::string counted(std::int64_t count, std::string_view table) {
  return fmt::format("{} {} of {}", count, count == 1 ? "row" : "rows", table);
}

// What is told of the series whose `column` is `id`.
std::string rows_of_series(SQLite::Database& db, const std::string& column, const std::string& id) {
  SQLite::Statement counts(
      db, fmt::format("SELECT (SELECT sum(observations) FROM series WHERE {0} = ?1), "
                      "(SELECT count(*) FROM target WHERE series_id IN "
                      "(SELECT s.id FROM series AS s WHERE s.{0} = ?1))",
                      identifier(column)));
  counts.bind(1, id);
  counts.executeStep();
  const std::int64_t observations = counts.getColumn(0).getInt64();
  return observations > 0 ? counted(observations, "observation")
                          : counted(counts.getColumn(1).getInt64(), "target");
}

}  // namespace

std::string as_list(const RowIds& ids) { return nlohmann::json(ids).dump(); }

std::vector<Reference> references(SQLite::Database& db) {
  // A unit that figures are printed in is held by its code, without a foreign key.
  std::vector<Reference> all = {{"target", "printed_unit", "unit", "code"}};
  SQLite::Statement keys(db,
                         "SELECT m.name, f.\"from\", f.\"table\", ifnull(f.\"to\", 'id') "
                         "FROM sqlite_schema AS m JOIN pragma_foreign_key_list(m.name) AS f "
                         "WHERE m.type = 'table' ORDER BY m.name = 'observation'");
  while (keys.executeStep()) {
    all.push_back({keys.getColumn(0).getString(), keys.getColumn(1).getString(),
                   keys.getColumn(2).getString(), keys.getColumn(3).getString()});
  }
  all.push_back({"observation", "printed_unit", "unit", "code"});
  return all;
}

std::optional<Referred> find_referred(SQLite::Database& db, const Reference& reference,
                                      const RowIds& ids, const RowIds& but_for_children) {
  const std::string column = identifier(reference.column), by = identifier(reference.by),
                    parent = identifier(reference.parent);
  SQLite::Statement found(
      db,
      fmt::format(
          "SELECT c.{0}, count(*) FROM {1} AS c WHERE c.{0} IN (SELECT p.{2} FROM {3} "
          "AS p WHERE p.id IN (SELECT value FROM json_each(?1))){4} GROUP BY 1 LIMIT 1",
          column, identifier(reference.child), by, parent,
          but_for_children.empty() ? "" : " AND c.id NOT IN (SELECT value FROM json_each(?2))"));
  found.bind(1, as_list(ids));
  if (!but_for_children.empty()) found.bind(2, as_list(but_for_children));
  if (!found.executeStep()) return std::nullopt;
  const std::string value = found.getColumn(0).getString();
  SQLite::Statement code(db, fmt::format("SELECT code FROM {} WHERE {} = ?", parent, by));
  code.bind(1, value);
  code.executeStep();
  return Referred{code.getColumn(0).getString(),
                  reference.child == "series"
                      ? rows_of_series(db, reference.column, value)
                      : counted(found.getColumn(1).getInt64(), reference.child)};
}

std::optional<std::int64_t> importer_of(SQLite::Database& db, const Reference& reference,
                                        const std::string& code) {
  constexpr std::string_view kCarriers[] = {"observation", "target", "project", "milestone",
                                            "outlay"};
  const bool carries =
      std::find(std::begin(kCarriers), std::end(kCarriers), reference.child) != std::end(kCarriers);
  // What is known of a row without an import's number is in its revisions, by its key.
  std::string_view imports =
      "(SELECT max(r.import_id) FROM revision AS r WHERE r.table_name = ?2 "
      "AND json_valid(r.key) AND r.key ->> 'code' = c.code)";
  if (carries) {
    imports = "c.import_id";
  } else if (reference.child == "series") {
    imports =
        "max((SELECT ifnull(max(o.import_id), 0) FROM observation AS o WHERE o.series_id = c.id), "
        "(SELECT ifnull(max(t.import_id), 0) FROM target AS t WHERE t.series_id = c.id))";
  } else if (reference.child == "alias") {
    imports =
        "(SELECT max(r.import_id) FROM revision AS r WHERE r.table_name = ?2 "
        "AND json_valid(r.key) AND r.key ->> 'kind' = c.kind AND r.key ->> 'name' = c.name)";
  } else if (reference.child == "formula") {
    imports =
        "(SELECT max(r.import_id) FROM revision AS r JOIN indicator AS i ON i.id = c.indicator_id "
        "JOIN indicator AS p ON p.id = c.operand_id WHERE r.table_name = ?2 "
        "AND json_valid(r.key) AND r.key ->> 'indicator' = i.code "
        "AND r.key ->> 'role' = c.role AND r.key ->> 'operand' = p.code)";
  }
  SQLite::Statement newest(
      db, fmt::format("SELECT max({}) FROM {} AS c WHERE c.{} = (SELECT p.{} FROM {} AS p WHERE "
                      "p.code = ?1) AND ?2 <> ''",
                      imports, identifier(reference.child), identifier(reference.column),
                      identifier(reference.by), identifier(reference.parent)));
  newest.bind(1, code);
  newest.bind(2, reference.child);
  if (!newest.executeStep() || newest.getColumn(0).isNull()) return std::nullopt;
  return newest.getColumn(0).getInt64();
}

RowIds held(SQLite::Database& db, const Reference& reference, const RowIds& ids) {
  SQLite::Statement found(
      db, fmt::format("SELECT DISTINCT {0} FROM {1} WHERE {0} IN (SELECT value FROM json_each(?1))",
                      identifier(reference.column), identifier(reference.child)));
  found.bind(1, as_list(ids));
  RowIds those;
  while (found.executeStep()) those.insert(found.getColumn(0).getInt64());
  return those;
}

}  // namespace planfile
