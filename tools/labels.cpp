#include "labels.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace planfile {
namespace {

// Those whose columns queries pass on as they are, the first before the others.
constexpr std::string_view kViews[] = {"observations", "targets", "projects", "milestones",
                                       "outlays"};

// What stands before the first mark.
std::string_view opening(std::string_view text) {
  std::size_t end = text.size();
  for (const std::string_view mark : {"：", "（", "；", "，", "。", "、", ":", ",", ";"}) {
    end = std::min(end, text.find(mark));
  }
  return text.substr(0, end);
}

}  // namespace

Labels::Labels(Reader& reader) : codes_(reader) {
  const Query dictionary = reader.query("file-dictionary");
  TableSink found;
  reader.run(dictionary, {}, found);
  const auto place = [&](std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(dictionary.columns, name) -
                                    dictionary.columns.begin());
  };
  const std::size_t table = place("table_name"), column = place("column_name");
  const std::size_t about = place("about_en"), about_zh = place("about"), title = place("title");
  for (const std::string_view view : kViews) {
    for (const auto& row : found.table().rows) {
      if (to_text(row[table]) != view) continue;
      notes_.try_emplace(to_text(row[column]),
                         ColumnNote{to_text(row[about]), to_text(row[about_zh])});
      titles_.try_emplace(to_text(row[column]), to_text(row[title]));
    }
  }
  for (const auto& row : found.table().rows) {
    titles_.try_emplace(to_text(row[column]), to_text(row[title]));
  }
}

const ColumnNote* Labels::note(const std::string& column) const {
  const auto found = notes_.find(column);
  return found == notes_.end() ? nullptr : &found->second;
}

std::string Labels::heading(const Query& query, const std::string& column) const {
  constexpr std::size_t kLongest = 16;  // columns of a terminal
  if (const auto note = query.notes.find(column); note != query.notes.end()) {
    const std::string_view text = opening(note->second.about_zh);
    if (!text.empty() && display_width(text) <= kLongest) return std::string(text);
  }
  const auto title = titles_.find(column);
  return title == titles_.end() ? column : title->second;
}

void Labelled::head(std::span<const std::string> columns) {
  columns_.assign(columns.begin(), columns.end());
  std::vector<std::string> headings;
  for (const std::string& column : columns_) headings.push_back(labels_.heading(query_, column));
  to_.head(headings);
}

void Labelled::row(std::span<const Cell> cells) {
  std::vector<Cell> named(cells.begin(), cells.end());
  for (std::size_t at = 0; at < named.size(); ++at) {
    const auto* code = std::get_if<std::string>(&named[at]);
    if (code == nullptr) continue;
    const CodeNames::Name* name = labels_.codes().find(columns_[at], *code);
    if (name != nullptr) named[at] = name->zh;
  }
  to_.row(named);
}

}  // namespace planfile
