#include "watched.h"

#include <map>
#include <type_traits>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cells.h"
#include "reader.h"
#include "row.h"

namespace planfile {
namespace {

std::string bytes_of(sqlite3_value* value) {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(value));
  return {bytes == nullptr ? "" : bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

std::string text_of(std::span<sqlite3_value*> key) {
  std::string text;
  for (sqlite3_value* value : key) text += bytes_of(value) + '\x1f';
  return text;
}

// Whether a figure that was read back from a book is the one that the row holds. A computed number
// has more digits than SQLite prints; the book prints them all.
bool is_same(const Figure& row, const Figure& read) {
  const auto words = [](const Figure& figure) {
    return figure.printed.empty() ? figure.wording : figure.printed;
  };
  if (!row.value && !read.value) return words(row) == words(read);
  return row.value == read.value && row.high == read.high && row.comparator == read.comparator &&
         (row.printed == read.printed || row.printed.empty());
}
template <class Value>
bool is_same(const Value& row, const Value& read) {
  return row == read;
}

std::string difference(std::string_view column, const Figure& row, const Figure& read) {
  if (!row.value || !read.value) {
    return fmt::format("{}: a book would not give back \"{}\"", column, cell_text(row));
  }
  if (!row.printed.empty()) {
    return fmt::format("{}: {} is not what \"{}\" says; set what is printed too, or NULL for it",
                       column, to_text(*row.value), row.printed);
  }
  const std::string sign =
      row.comparator == Comparator::equal ? std::string() : std::string(to_text(row.comparator));
  return fmt::format("{}: more than a number, so what is printed has to say it: \"{}{}{}\"", column,
                     sign, to_text(*row.value), row.high ? "~" + to_text(*row.high) : "");
}
template <class Value>
std::string difference(std::string_view column, const Value& row, const Value& read) {
  return fmt::format("{}: \"{}\" would be read as \"{}\"", column, cell_text(row), cell_text(read));
}

// What keeps the row from being one of a book; empty where nothing does.
template <class Fact>
std::string fault_of(const Fact& row, const Catalogue& known) {
  std::vector<std::string> texts;
  texts.reserve(kColumnCount<Fact>);
  CellsOf<Fact> cells;
  each_cell<Fact>([&](const auto& column, std::size_t index) {
    texts.push_back(cell_text(row.*column.member));
    cells[index] = texts.back();
  });
  std::vector<Fault> faults;
  const auto read = read_fact<Fact>(cells, known, {}, faults);
  if (!faults.empty()) return fmt::format("{}: {}", faults[0].column, faults[0].message);
  if (!read) return "not a row of a book";
  std::string found;
  each_cell<Fact>([&](const auto& column, std::size_t) {
    if (!found.empty() || is_same(row.*column.member, (*read).*column.member)) return;
    found = difference(column.name, row.*column.member, (*read).*column.member);
  });
  return found;
}

// Whether rows bring names that other rows of the same statement may use.
template <class Fact>
constexpr bool kBringsNames = !std::is_same_v<Fact, Observation> && !std::is_same_v<Fact, Target> &&
                              !std::is_same_v<Fact, Milestone> && !std::is_same_v<Fact, Outlay>;

// Figures are kept in the units that indicators and units had when they came in.
std::string unlike(const Indicator& before, const Indicator& now) {
  return before.unit == now.unit ? "" : "its unit can't change";
}
std::string unlike(const Unit& before, const Unit& now) {
  return before.dimension == now.dimension && before.factor == now.factor
             ? ""
             : "its dimension and factor can't change";
}
template <class Fact>
std::string unlike(const Fact&, const Fact&) {
  return {};
}

bool speaks_otherwise(const Source& before, const Source& now) {
  return before.published != now.published || before.code != now.code;
}
template <class Fact>
bool speaks_otherwise(const Fact&, const Fact&) {
  return false;
}

template <class Fact>
class WatchedFacts : public Watched {
 public:
  explicit WatchedFacts(Recording& recording) : recording_(recording) {}

  std::size_t key_size() const override { return key_columns<Fact>().size(); }

  void leaving(Key key) override { leaving_.insert_or_assign(text_of(key), fact_at(key)); }

  void removed(Key key) override {
    const Fact before = take(key);
    recording_.revisions.changed(before);
    if (!std::is_same_v<Fact, Observation>) gone.insert(sqlite3_value_int64(key.back()));
    if (!unlike_code(before).empty()) former_.insert_or_assign(unlike_code(before), before);
    left(key);
  }

  void changed(Key before, Key now) override {
    const Fact was = take(before);
    const Fact is = fact_at(now);
    recording_.revisions.changed(was);
    if (key_of(was).key != key_of(is).key) recording_.revisions.added(is);
    if (speaks_otherwise(was, is)) {
      recording_.store.touched().sources.insert(sqlite3_value_int64(now.back()));
    }
    left(before);
    came(now, is);
  }

  void added(Key key) override {
    const Fact is = fact_at(key);
    if constexpr (kCarriesImport<Fact>) {
      if (is.import) {
        refuse_row(table_of<Fact>, key_of(is).shown,
                   "import_id: only an import brings rows of its own");
      }
    }
    const auto before = former_.find(unlike_code(is));
    if (before != former_.end()) {
      const std::string reason = unlike(before->second, is);
      if (!reason.empty()) refuse_row(table_of<Fact>, key_of(is).shown, reason);
    }
    recording_.revisions.added(is);
    came(key, is);
  }

  void finish() override {
    for (const std::int64_t id : came_) {
      one_->bind(1, id);
      const bool is_there = one_->executeStep();
      if (is_there) confirm(FactOf<Fact>(*one_).fact());
      one_->reset();
    }
    if (!came_.empty()) refuse_rings<Fact>(recording_.database.sqlite());
    if constexpr (std::is_same_v<Fact, Unit>) {
      for (const auto& [code, unit] : former_) refuse_if_printed(code);
    }
    drop();
  }

  void drop() override {
    leaving_.clear();
    former_.clear();
    came_.clear();
    gone.clear();
    if (one_) one_->reset();
  }

 private:
  static std::string unlike_code(const Fact& fact) {
    if constexpr (std::is_same_v<Fact, Indicator> || std::is_same_v<Fact, Unit>) return fact.code;
    return {};
  }

  // Figures hold the unit that they were printed in by its code, which no foreign key guards.
  void refuse_if_printed(const std::string& code) {
    SQLite::Statement held(recording_.database.sqlite(),
                           "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM unit WHERE code = ?1) "
                           "AND (EXISTS (SELECT 1 FROM target WHERE printed_unit = ?1) "
                           "OR EXISTS (SELECT 1 FROM observation WHERE printed_unit = ?1))");
    held.bind(1, code);
    if (held.executeStep()) refuse_row("unit", code, "figures are printed in it");
  }

  Fact take(Key key) {
    const auto found = leaving_.find(text_of(key));
    if (found == leaving_.end())
      refuse_row(table_of<Fact>, text_of(key), "changed within a change");
    Fact fact = std::move(found->second);
    leaving_.erase(found);
    return fact;
  }

  Fact fact_at(Key key) {
    if (!one_) one_.emplace(recording_.database.sqlite(), select_text<Fact>(where()));
    for (std::size_t at = 0; at < key.size(); ++at) bind(static_cast<int>(at) + 1, key[at]);
    if (!one_->executeStep()) refuse_row(table_of<Fact>, text_of(key), "no such row");
    Fact fact = FactOf<Fact>(*one_).fact();
    one_->reset();
    return fact;
  }

  void bind(int at, sqlite3_value* value) {
    if (sqlite3_value_type(value) == SQLITE_INTEGER) {
      one_->bind(at, static_cast<std::int64_t>(sqlite3_value_int64(value)));
    } else {
      one_->bind(at, bytes_of(value));
    }
  }

  static std::string where() {
    std::string text;
    for (const std::string_view column : key_columns<Fact>()) {
      text += fmt::format("{}t.\"{}\" = ?", text.empty() ? "" : " AND ", column);
    }
    return text;
  }

  void left(Key key) {
    if constexpr (kHasSeries<Fact>) touch(key);
    if constexpr (kHasSeries<Fact>) recording_.left.insert(sqlite3_value_int64(key.front()));
  }

  void came(Key key, const Fact& is) {
    if constexpr (kHasSeries<Fact>) touch(key);
    if constexpr (kBringsNames<Fact>) {
      recording_.brings_names = true;
      came_.insert(sqlite3_value_int64(key.back()));
    } else {
      confirm(is);
    }
  }

  void touch(Key key) {
    if (!std::is_same_v<Fact, Observation>) return;
    recording_.store.touched().series.insert(sqlite3_value_int64(key.front()));
  }

  void confirm(const Fact& row) {
    const std::string fault = fault_of(row, recording_.names());
    if (!fault.empty()) refuse_row(table_of<Fact>, key_of(row).shown, fault);
  }

  Recording& recording_;
  std::optional<SQLite::Statement> one_;  // the row of a key
  std::map<std::string, Fact> leaving_;   // rows about to be changed or removed
  std::map<std::string, Fact> former_;    // removed ones whose code may come again, by code
  RowIds came_;                           // rows to be looked at after the statement
};

}  // namespace

void refuse_row(std::string_view table, std::string_view row, std::string_view why) {
  throw Error(Errc::refused, fmt::format("{} {}: {}", table, row, why));
}

template <class Fact>
std::unique_ptr<Watched> watched_facts(Recording& recording) {
  return std::make_unique<WatchedFacts<Fact>>(recording);
}

template std::unique_ptr<Watched> watched_facts<Source>(Recording&);
template std::unique_ptr<Watched> watched_facts<Entity>(Recording&);
template std::unique_ptr<Watched> watched_facts<Scope>(Recording&);
template std::unique_ptr<Watched> watched_facts<Unit>(Recording&);
template std::unique_ptr<Watched> watched_facts<Indicator>(Recording&);
template std::unique_ptr<Watched> watched_facts<Alias>(Recording&);
template std::unique_ptr<Watched> watched_facts<Formula>(Recording&);
template std::unique_ptr<Watched> watched_facts<Plan>(Recording&);
template std::unique_ptr<Watched> watched_facts<Observation>(Recording&);
template std::unique_ptr<Watched> watched_facts<Target>(Recording&);
template std::unique_ptr<Watched> watched_facts<Project>(Recording&);
template std::unique_ptr<Watched> watched_facts<Milestone>(Recording&);
template std::unique_ptr<Watched> watched_facts<Outlay>(Recording&);

}  // namespace planfile
