#include "table_columns.h"

#include <algorithm>
#include <tuple>
#include <type_traits>

namespace planfile {
namespace {

template <class Fact>
ImportTable make_table() {
  ImportTable table{table_of<Fact>, {}};
  const auto add = [&](const auto& column) {
    using Value = std::remove_cvref_t<decltype(std::declval<Fact>().*column.member)>;
    if (column.refers == table_of<Import>) return;
    table.columns.push_back(
        {column.name, column.presence, column.refers, std::is_same_v<Value, Figure>});
  };
  std::apply([&](const auto&... column) { (add(column), ...); }, columns_of<Fact>);
  return table;
}

template <class... Facts>
std::vector<ImportTable> make_tables() {
  return {make_table<Facts>()...};
}

bool has_figures(const ImportTable& table) {
  return std::any_of(table.columns.begin(), table.columns.end(),
                     [](const TableColumn& column) { return column.is_figure; });
}

}  // namespace

const TableColumn* ImportTable::column(std::string_view wanted) const {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const TableColumn& column) { return column.name == wanted; });
  return found == columns.end() ? nullptr : &*found;
}

std::span<const ImportTable> tables_to_import() {
  static const auto tables = make_tables<Source, Entity, Scope, Unit, Indicator, Alias, Formula,
                                         Plan, Observation, Target, Project, Milestone, Outlay>();
  return tables;
}

const ImportTable* table_to_import(std::string_view name) {
  const auto tables = tables_to_import();
  const auto found = std::find_if(tables.begin(), tables.end(),
                                  [&](const ImportTable& table) { return table.name == name; });
  return found == tables.end() ? nullptr : &*found;
}

std::vector<std::string_view> names_of_columns(const ImportTable& table) {
  std::vector<std::string_view> names;
  for (const TableColumn& column : table.columns) names.push_back(column.name);
  if (has_figures(table)) names.push_back(kUnitMult);
  if (has_figures(table) && table.column("period") != nullptr) names.push_back(kYear);
  return names;
}

}  // namespace planfile
