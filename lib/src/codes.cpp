#include "planfile/codes.h"

#include <utility>

namespace planfile {

CodeNames::CodeNames(Reader& reader) {
  TableSink known;
  reader.sql("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'code'", known);
  if (known.table().rows.empty()) return;
  TableSink codes;
  reader.sql("SELECT codelist, code, name, name_en FROM code", codes);
  for (const auto& row : codes.table().rows) {
    lists_[to_text(row[0])].emplace(to_text(row[1]), Name{to_text(row[2]), to_text(row[3])});
  }
}

const CodeNames::Name* CodeNames::find(std::string_view column, std::string_view code) const {
  auto list = lists_.find(column);
  if (list == lists_.end()) {
    const std::size_t dash = column.rfind('_');
    if (dash == column.npos) return nullptr;
    list = lists_.find(column.substr(dash + 1));
  }
  if (list == lists_.end()) return nullptr;
  const auto found = list->second.find(code);
  return found == list->second.end() ? nullptr : &found->second;
}

}  // namespace planfile
