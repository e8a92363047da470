#include "sections.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "output.h"

namespace planfile {
namespace {

bool is_blank(const Cell& cell) { return to_text(cell).empty(); }

// The table without the columns that are empty in its first `most` rows, cut to those.
Table trimmed(const Table& whole, std::size_t most) {
  const std::size_t count = std::min(most, whole.rows.size());
  Table kept;
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < whole.columns.size(); ++at) {
    const bool is_empty =
        std::all_of(whole.rows.begin(), whole.rows.begin() + static_cast<std::ptrdiff_t>(count),
                    [&](const auto& row) { return is_blank(row[at]); });
    if (!is_empty) places.push_back(at);
  }
  for (const std::size_t at : places) kept.columns.push_back(whole.columns[at]);
  for (std::size_t n = 0; n < count; ++n) {
    std::vector<Cell>& row = kept.rows.emplace_back();
    for (const std::size_t at : places) row.push_back(whole.rows[n][at]);
  }
  return kept;
}

// What a shell takes as one word.
std::string word(const std::string& text) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=";
  return text.find_first_not_of(kPlain) == std::string::npos ? text : fmt::format("\"{}\"", text);
}

}  // namespace

void Page::line(std::string_view text) {
  fmt::print(io_.out, "{}{}\n", is_begun_ ? "\n" : "", text);
  is_begun_ = true;
}

Table Page::rows(const Section& section) {
  TableSink found;
  reader_.run(reader_.query(section.query), section.arguments, found);
  return found.table();
}

bool Page::print(const Section& section) { return print(section, rows(section)); }

bool Page::print(const Section& section, Table rows) {
  if (rows.rows.empty()) return false;
  const Query query = reader_.query(section.query);
  const auto& shown = query.shown.empty() ? query.columns : query.shown;
  TableSink chosen;
  std::optional<Labelled> labelled;
  if (lang_ == "zh") labelled.emplace(chosen, labels(), query);
  RowSink& to = labelled ? static_cast<RowSink&>(*labelled) : chosen;
  LanguageChoice choice(to, rows.columns, section.columns.empty() ? shown : section.columns, lang_);
  choice.head(rows.columns);
  for (const auto& row : rows.rows) choice.row(row);

  const std::size_t all = rows.rows.size();
  const std::size_t most = most_ == 0               ? all
                           : section.most == 0      ? most_
                           : section.most == kWhole ? all
                                                    : std::min(section.most, most_);
  const Table table = trimmed(chosen.table(), most);
  line(fmt::format("{} ({})", in(lang_, section.title), section.query));
  const auto out = writer("table", io_);
  out->head(table.columns);
  for (const auto& row : table.rows) out->row(row);
  out->finish();
  if (table.rows.size() < all) {
    fmt::print(io_.out, "{}\n",
               fmt::format(fmt::runtime(in(lang_, {"... {} more: {}", "……另有 {} 行：{}"})),
                           all - table.rows.size(), command(section)));
  }
  return true;
}

std::string Page::command(const Section& section) const {
  std::string text = fmt::format("planfile run {} {}", word(file_), section.query);
  for (const auto& [name, value] : section.arguments) {
    text += fmt::format(" -p {}", word(fmt::format("{}={}", name, value)));
  }
  return text;
}

const Labels& Page::labels() {
  if (!labels_) labels_.emplace(reader_);
  return *labels_;
}

}  // namespace planfile
