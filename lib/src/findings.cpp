#include "planfile/findings.h"

#include <algorithm>
#include <string_view>
#include <variant>

#include <fmt/format.h>

#include "planfile/codes.h"

namespace planfile {
namespace {

// Turns the rows of one query into findings.
class FindingSink : public RowSink {
 public:
  FindingSink(const Query& query, const CodeNames& names, std::vector<Finding>& found)
      : query_(query), names_(names), found_(found) {}

  void head(std::span<const std::string> columns) override {
    columns_.assign(columns.begin(), columns.end());
    const auto at = std::find(columns_.begin(), columns_.end(), query_.findings->column);
    kind_ = static_cast<std::size_t>(at - columns_.begin());
    instead_.clear();
    for (const std::string& column : columns_) instead_.push_back(column_for(column));
  }

  void row(std::span<const Cell> cells) override {
    const std::string kind = to_text(cells[kind_]);
    const auto severity = query_.findings->severities.find(kind);
    if (severity == query_.findings->severities.end()) return;
    const auto* const name = names_.find(query_.findings->column, kind);
    found_.push_back({severity->second, query_.name, kind, name == nullptr ? kind : name->zh,
                      fill(query_.findings->text, columns_, english(cells)),
                      fill(query_.findings->text_zh, columns_, named(cells))});
  }

 private:
  // The column that speaks where `column` is empty: of a name in English the name, else itself.
  [[nodiscard]] std::size_t column_for(std::string_view column) const {
    constexpr std::string_view kEnglish = "_en";
    const std::string_view name =
        column.ends_with(kEnglish) ? column.substr(0, column.size() - kEnglish.size()) : column;
    auto at = std::find(columns_.begin(), columns_.end(), name);
    if (at == columns_.end()) at = std::find(columns_.begin(), columns_.end(), column);
    return static_cast<std::size_t>(at - columns_.begin());
  }

  // With the name in the place of one in English that is not there.
  [[nodiscard]] std::vector<Cell> english(std::span<const Cell> cells) const {
    std::vector<Cell> row(cells.begin(), cells.end());
    for (std::size_t at = 0; at < row.size(); ++at) {
      if (std::holds_alternative<std::monostate>(row[at])) row[at] = cells[instead_[at]];
    }
    return row;
  }

  // With Chinese names in the place of codes.
  [[nodiscard]] std::vector<Cell> named(std::span<const Cell> cells) const {
    std::vector<Cell> row(cells.begin(), cells.end());
    for (std::size_t at = 0; at < row.size(); ++at) {
      const auto* code = std::get_if<std::string>(&row[at]);
      const auto* name = code == nullptr ? nullptr : names_.find(columns_[at], *code);
      if (name != nullptr) row[at] = name->zh;
    }
    return row;
  }

  const Query& query_;
  const CodeNames& names_;
  std::vector<Finding>& found_;
  std::vector<std::string> columns_;
  std::size_t kind_ = 0;
  std::vector<std::size_t> instead_;  // by column
};

std::vector<Query> checking(Reader& reader, const std::vector<std::string>& names) {
  std::vector<Query> all;
  if (names.empty()) {
    for (Query& query : reader.queries()) {
      if (query.findings) all.push_back(std::move(query));
    }
    return all;
  }
  for (const std::string& name : names) {
    all.push_back(reader.query(name));
    if (all.back().findings) continue;
    throw Error(Errc::usage, fmt::format("{} tells no findings; `planfile run` runs it", name));
  }
  return all;
}

}  // namespace

std::vector<Finding> find_faults(Reader& reader, const std::vector<std::string>& queries) {
  std::vector<Finding> found;
  const CodeNames names(reader);
  for (const Query& query : checking(reader, queries)) {
    FindingSink sink(query, names, found);
    reader.run(query, {}, sink);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Finding& a, const Finding& b) { return a.severity < b.severity; });
  return found;
}

}  // namespace planfile
