#include "ship_rows.h"

#include <algorithm>
#include <type_traits>

#include <fmt/format.h>

namespace planfile {
namespace {

void bind(SQLite::Statement& statement, int at, const Stored& value) {
  std::visit(
      [&](const auto& one) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(one)>, std::monostate>) {
          statement.bind(at);
        } else {
          statement.bind(at, one);
        }
      },
      value);
}

}  // namespace

Stored stored_in(const SQLite::Column& column) {
  if (column.isNull()) return {};
  if (column.isInteger()) return static_cast<std::int64_t>(column.getInt64());
  if (column.isFloat()) return column.getDouble();
  return column.getString();
}

StoredRow row_in(SQLite::Statement& row) {
  StoredRow cells;
  for (int at = 0; at < row.getColumnCount(); ++at) cells.push_back(stored_in(row.getColumn(at)));
  return cells;
}

CopiedColumns::CopiedColumns(SQLite::Database& db, const std::string& table) {
  SQLite::Statement info(db, "SELECT name FROM pragma_table_info(?) ORDER BY cid");
  info.bind(1, table);
  while (info.executeStep()) names.push_back(info.getColumn(0).getString());
  SQLite::Statement keys(db,
                         "SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?) WHERE "
                         "ifnull(\"to\", 'id') = 'id'");
  keys.bind(1, table);
  while (keys.executeStep())
    refers[at(keys.getColumn(0).getString())] = keys.getColumn(1).getString();
}

std::size_t CopiedColumns::at(std::string_view name) const {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

std::string CopiedColumns::list() const {
  return fmt::format("\"{}\"", fmt::join(names, "\", \""));
}

std::string CopiedColumns::marks() const {
  std::string text = "?";
  for (std::size_t at = 1; at < names.size(); ++at) text += ", ?";
  return text;
}

RowInsert::RowInsert(SQLite::Database& db, const std::string& table, const CopiedColumns& columns)
    : statement_(db, fmt::format("INSERT INTO \"{}\" ({}) VALUES ({})", table, columns.list(),
                                 columns.marks())) {}

void RowInsert::put(const StoredRow& row) {
  for (std::size_t at = 0; at < row.size(); ++at)
    bind(statement_, static_cast<int>(at) + 1, row[at]);
  statement_.exec();
  statement_.reset();
}

}  // namespace planfile
