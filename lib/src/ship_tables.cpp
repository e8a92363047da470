#include "ship_tables.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace planfile {
namespace {

// What becomes of a table's ids.
enum class Numbering { none, anew, kept };

// References to the table itself, or to others.
enum class Parents { own, others };

struct TableRule {
  const char* table;
  std::vector<std::string> key;  // its order
  Numbering numbering = Numbering::anew;
};

// Each table after those that it refers to; `observation` goes by itself.
const std::vector<TableRule>& table_rules() {
  static const std::vector<TableRule> kRules = {
      {"status", {"code"}, Numbering::none},
      {"stage", {"code"}, Numbering::none},
      {"sector", {"code"}, Numbering::none},
      {"import", {"id"}, Numbering::kept},
      {"period", {"starts", "ends"}},
      {"source", {"code"}},
      {"entity", {"code"}},
      {"scope", {"code"}},
      {"unit", {"code"}},
      {"indicator", {"code"}},
      {"formula", {"indicator_id", "role", "operand_id"}},
      {"project", {"code"}},
      {"alias", {"kind", "name"}},
      {"plan", {"code"}},
      {"series", {"indicator_id", "entity_id", "scope_id", "measure", "among_id"}},
      {"target", {"plan_id", "series_id", "period_id", "source_id", "locator"}},
      {"milestone", {"project_id", "kind", "source_id", "locator"}},
      {"outlay", {"project_id", "period_id", "source_id", "locator"}},
  };
  return kRules;
}

class TableCopy {
 public:
  TableCopy(SQLite::Database& from, SQLite::Database& to, const CopyRules& rules)
      : from_(from), to_(to), rules_(rules) {}

  NewIds copy() {
    for (const TableRule& rule : table_rules()) {
      const bool is_left =
          std::string_view(rule.table) == "import" && rules_.history == History::leave;
      if (!is_left) copy_table(rule);
    }
    copy_queries();
    return std::move(ids_);
  }

 private:
  void copy_table(const TableRule& rule) {
    const std::string table = rule.table;
    const CopiedColumns columns(to_, table);
    std::vector<StoredRow> rows = read(table, columns);
    for (StoredRow& row : rows) {
      redact(table, columns, row, rules_);
      map(columns, row, table, Parents::others);
    }
    sort(rule, columns, rows);
    number(rule, columns, rows);
    RowInsert insert(to_, table, columns);
    for (StoredRow& row : rows) {
      map(columns, row, table, Parents::own);
      insert.put(row);
    }
  }

  static void sort(const TableRule& rule, const CopiedColumns& columns,
                   std::vector<StoredRow>& rows) {
    std::vector<std::size_t> key;
    for (const std::string& name : rule.key) key.push_back(columns.at(name));
    std::sort(rows.begin(), rows.end(), [&](const StoredRow& a, const StoredRow& b) {
      for (const std::size_t at : key) {
        if (a[at] != b[at]) return a[at] < b[at];
      }
      return false;
    });
  }

  std::vector<StoredRow> read(const std::string& table, const CopiedColumns& columns) {
    const auto chosen = rules_.selection.rows.find(table);
    const std::size_t id = columns.at("id");
    std::vector<StoredRow> rows;
    SQLite::Statement all(from_, fmt::format("SELECT {} FROM \"{}\"", columns.list(), table));
    while (all.executeStep()) {
      StoredRow row = row_in(all);
      const bool stays = chosen == rules_.selection.rows.end() ||
                         chosen->second.contains(std::get<std::int64_t>(row[id]));
      if (stays) rows.push_back(std::move(row));
    }
    return rows;
  }

  // Ids of other tables, or of the table itself, become the new ones. What a summary refers to may
  // have stayed behind.
  void map(const CopiedColumns& columns, StoredRow& row, const std::string& table,
           Parents which) const {
    for (const auto& [at, parent] : columns.refers) {
      if ((parent == table) != (which == Parents::own)) continue;
      const auto* id = std::get_if<std::int64_t>(&row[at]);
      if (id == nullptr) continue;
      const std::optional<std::int64_t> now = ids_.find(parent, *id);
      row[at] = now ? Stored(*now) : Stored();
    }
  }

  void number(const TableRule& rule, const CopiedColumns& columns, std::vector<StoredRow>& rows) {
    if (rule.numbering == Numbering::none) return;
    NewIds::Of& ids = ids_.of(rule.table);
    const std::size_t at = columns.at("id");
    std::int64_t next = 0;
    for (StoredRow& row : rows) {
      const auto before = std::get<std::int64_t>(row[at]);
      ++next;
      if (rule.numbering == Numbering::anew) row[at] = next;
      ids.emplace(before, std::get<std::int64_t>(row[at]));
    }
  }

  void copy_queries() {
    const CopiedColumns columns(to_, "query");
    RowInsert insert(to_, "query", columns);
    SQLite::Statement own(
        from_,
        fmt::format("SELECT {} FROM query WHERE origin = 'user' ORDER BY name", columns.list()));
    while (own.executeStep()) insert.put(row_in(own));
  }

  SQLite::Database &from_, &to_;
  const CopyRules& rules_;
  NewIds ids_;
};

}  // namespace

NewIds copy_tables(SQLite::Database& from, SQLite::Database& to, const CopyRules& rules) {
  return TableCopy(from, to, rules).copy();
}

void redact(const std::string& table, const CopiedColumns& columns, StoredRow& row,
            const CopyRules& rules) {
  for (const Redaction& one : rules.redactions) {
    if (one.table != table) continue;
    for (const std::string& name : one.emptied) row[columns.at(name)] = {};
    if (!one.comparator.empty()) row[columns.at(one.comparator)] = "=";
  }
  if (rules.history == History::leave) {
    const std::size_t import = columns.at("import_id");
    if (import < row.size()) row[import] = {};
  }
  if (table == "import") {
    Stored& mapping = row[columns.at("mapping")];
    if (const auto* text = std::get_if<std::string>(&mapping)) {
      mapping = redacted_mapping(*text, rules.redactions);
    }
  }
}

}  // namespace planfile
