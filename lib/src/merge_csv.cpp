// Three versions of one CSV of a book, as texts.
#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "key_text.h"
#include "planfile/csv.h"
#include "planfile/merge.h"
#include "planfile/nearest.h"
#include "tables.h"
#include "three_way.h"

namespace planfile {
namespace {

using Cells = std::vector<std::string>;

std::vector<std::string> key_columns(std::string_view table) {
  std::vector<std::string> keys;
  std::vector<std::string_view> tables;
  each_table([&]<class Fact>() {
    tables.push_back(table_of<Fact>);
    if (table_of<Fact> != table) return;
    each_column<Fact>([&](const auto& column) {
      if (in_key(column)) keys.emplace_back(column.name);
    });
  });
  if (!keys.empty()) return keys;
  throw Error(Errc::usage,
              fmt::format("not a table of a book: \"{}\"{}", table, did_you_mean(table, tables)));
}

// One version: its rows by key, in the columns of all versions.
struct Version {
  std::vector<std::string> order;  // keys as they stand in the text
  std::map<std::string, Cells> rows;
};

class CsvMerge {
 public:
  CsvMerge(std::string_view table, std::string_view base, std::string_view ours,
           std::string_view theirs)
      : table_(table), keys_(key_columns(table)) {
    const Csv texts[] = {parsed(ours, "ours"), parsed(theirs, "theirs"), parsed(base, "base")};
    for (const Csv& text : texts) add_columns(text);
    ours_ = version(texts[0], "ours");
    theirs_ = version(texts[1], "theirs");
    base_ = version(texts[2], "base");
  }

  MergedCsv run() {
    if (columns_.empty()) return {};
    for (const std::string& key : order()) {
      merge_row(key, find(base_, key), find(ours_, key), find(theirs_, key));
    }
    merged_.text.insert(0, csv_line(columns_));
    return std::move(merged_);
  }

 private:
  static Csv parsed(std::string_view text, std::string_view side) {
    Csv csv = read_csv(text);
    if (csv.issues.empty()) return csv;
    throw Error(Errc::refused, fmt::format("{}: {}", side, to_text(csv.issues.front())));
  }

  void add_columns(const Csv& text) {
    if (text.records.empty()) return;
    for (const Field& field : text.records.front().fields) {
      if (std::find(columns_.begin(), columns_.end(), field.text) == columns_.end()) {
        columns_.push_back(field.text);
      }
    }
  }

  Version version(const Csv& text, std::string_view side) const {
    Version read;
    if (text.records.empty()) return read;
    const auto& header = text.records.front().fields;
    for (const Record& record : std::span(text.records).subspan(1)) {
      Cells cells(columns_.size());
      for (std::size_t at = 0; at < std::min(record.fields.size(), header.size()); ++at) {
        const auto place = std::find(columns_.begin(), columns_.end(), header[at].text);
        cells[static_cast<std::size_t>(place - columns_.begin())] = record.fields[at].text;
      }
      if (record.fields.size() != header.size()) {
        throw Error(Errc::refused, fmt::format("{}:{}: {} cells where the header has {}", side,
                                               record.line, record.fields.size(), header.size()));
      }
      std::string key = key_of(cells);
      if (!read.rows.emplace(key, std::move(cells)).second) {
        throw Error(Errc::refused,
                    fmt::format("{}:{}: the key stands twice: {}", side, record.line, key));
      }
      read.order.push_back(std::move(key));
    }
    return read;
  }

  [[nodiscard]] std::string key_of(const Cells& cells) const {
    std::string key;
    for (const std::string& column : keys_) {
      const auto place = std::find(columns_.begin(), columns_.end(), column);
      if (place == columns_.end()) continue;
      const std::string& cell = cells[static_cast<std::size_t>(place - columns_.begin())];
      if (cell.empty()) continue;
      key += fmt::format("{}{}={}", key.empty() ? "" : ", ", column, key_cell(cell));
    }
    return key;
  }

  static const Cells* find(const Version& version, const std::string& key) {
    const auto found = version.rows.find(key);
    return found == version.rows.end() ? nullptr : &found->second;
  }

  // The rows of OURS, each followed by those that follow it in THEIRS alone.
  [[nodiscard]] std::vector<std::string> order() const {
    std::map<std::string, std::vector<std::string>> behind;
    std::string last;
    for (const std::string& key : theirs_.order) {
      if (ours_.rows.contains(key)) {
        last = key;
      } else {
        behind[last].push_back(key);
      }
    }
    std::vector<std::string> all = behind[""];
    for (const std::string& key : ours_.order) {
      all.push_back(key);
      const auto found = behind.find(key);
      if (found != behind.end() && !key.empty()) {
        all.insert(all.end(), found->second.begin(), found->second.end());
      }
    }
    return all;
  }

  void merge_row(const std::string& key, const Cells* base, const Cells* ours,
                 const Cells* theirs) {
    const auto same = [](const Cells* a, const Cells* b) {
      return a == nullptr || b == nullptr ? a == b : *a == *b;
    };
    if (same(ours, theirs) || same(base, theirs)) return put(ours);
    if (same(base, ours)) return put(theirs);
    if (ours == nullptr || theirs == nullptr) {
      Conflict one = conflict(key);
      one.ours = ours == nullptr ? "(removed)" : "(changed)";
      one.theirs = theirs == nullptr ? "(removed)" : "(changed)";
      merged_.conflicts.push_back(std::move(one));
      return put_both(ours, theirs);
    }
    merge_cells(key, base, *ours, *theirs);
  }

  void merge_cells(const std::string& key, const Cells* base, const Cells& ours,
                   const Cells& theirs) {
    Cells first = ours, second = theirs;
    const std::size_t conflicts = merged_.conflicts.size();
    for (const auto& [group, places] : groups(base, ours, theirs)) {
      const auto same = [&places = places](const Cells& a, const Cells& b) {
        return std::all_of(places.begin(), places.end(),
                           [&](std::size_t at) { return a[at] == b[at]; });
      };
      const auto copy = [&places = places](const Cells& from, Cells& to) {
        for (const std::size_t at : places) to[at] = from[at];
      };
      if (same(ours, theirs)) continue;
      if (base != nullptr && same(*base, theirs)) {
        copy(ours, second);
      } else if (base != nullptr && same(*base, ours)) {
        copy(theirs, first);
      } else {
        add_conflicts(key, places, base, ours, theirs);
      }
    }
    if (merged_.conflicts.size() == conflicts) return put(&first);
    put_both(&first, &second);
  }

  // The places of the columns that go together.
  [[nodiscard]] std::map<std::string, std::vector<std::size_t>> groups(const Cells* base,
                                                                       const Cells& ours,
                                                                       const Cells& theirs) const {
    bool unit_at_stake = false;
    for (std::size_t at = 0; at < columns_.size(); ++at) {
      if (columns_[at] != "unit") continue;
      unit_at_stake = ours[at] != theirs[at] || (base != nullptr && (*base)[at] != ours[at]);
    }
    std::map<std::string, std::vector<std::size_t>> all;
    for (std::size_t at = 0; at < columns_.size(); ++at) {
      all[std::string(group_of(table_, columns_[at], unit_at_stake))].push_back(at);
    }
    return all;
  }

  void add_conflicts(const std::string& key, const std::vector<std::size_t>& places,
                     const Cells* base, const Cells& ours, const Cells& theirs) {
    for (const std::size_t at : places) {
      if (ours[at] == theirs[at]) continue;
      Conflict one = conflict(key);
      one.column = columns_[at];
      if (base != nullptr) one.base = (*base)[at];
      one.ours = ours[at];
      one.theirs = theirs[at];
      merged_.conflicts.push_back(std::move(one));
    }
  }

  [[nodiscard]] Conflict conflict(const std::string& key) const {
    Conflict one;
    one.kind = table_;
    one.key = key;
    one.about = one.about_zh = fmt::format("{} {}", table_, key);
    return one;
  }

  void put(const Cells* row) {
    if (row != nullptr) merged_.text += csv_line(*row);
  }
  void put_both(const Cells* ours, const Cells* theirs) {
    merged_.text += "<<<<<<< ours\n";
    put(ours);
    merged_.text += "=======\n";
    put(theirs);
    merged_.text += ">>>>>>> theirs\n";
  }

  std::string table_;
  std::vector<std::string> keys_;
  Cells columns_;
  Version base_, ours_, theirs_;
  MergedCsv merged_;
};

}  // namespace

MergedCsv merge_csv(std::string_view table, std::string_view base, std::string_view ours,
                    std::string_view theirs) {
  return CsvMerge(table, base, ours, theirs).run();
}

}  // namespace planfile
