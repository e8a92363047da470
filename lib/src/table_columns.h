// The tables that take imports and their columns as data, for what treats all tables alike.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "layout.h"

namespace planfile {

struct TableColumn {
  std::string_view name;
  Presence presence = Presence::optional;
  std::string_view refers;  // the table whose code it holds
  bool is_figure = false;

  [[nodiscard]] bool needed() const { return presence == kRequired || presence == kKey; }
};

struct ImportTable {
  std::string_view name;
  std::vector<TableColumn>
      columns;  // in the order of layout.h; not `import`, which each import sets

  // Nothing when it has none of that name.
  [[nodiscard]] const TableColumn* column(std::string_view wanted) const;
};

std::span<const ImportTable> tables_to_import();

// Nothing when there is none of that name.
const ImportTable* table_to_import(std::string_view name);

// Columns of rules that no table has: SDMX's power of ten, by which a row's figures are multiplied,
// and the year of a period that names none.
inline constexpr std::string_view kUnitMult = "unit_mult";
inline constexpr std::string_view kYear = "year";

// Names of the columns that a rule of this table may fill.
std::vector<std::string_view> names_of_columns(const ImportTable& table);

}  // namespace planfile
