#include "manifest.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "content_observations.h"
#include "marks.h"

namespace planfile {
namespace {

struct Entry {
  std::int64_t rows = 0;
  std::string hash;   // its bytes
  std::string marks;  // of a series
};

using Entries = std::map<std::string, Entry, std::less<>>;  // by key
using EntryTables = std::map<std::string, Entries, std::less<>>;

std::string blob_of(std::string_view digits) {
  constexpr int kHex = 16;
  std::string blob;
  for (std::size_t at = 0; at + 1 < digits.size(); at += 2) {
    blob += static_cast<char>(std::stoi(std::string(digits.substr(at, 2)), nullptr, kHex));
  }
  return blob;
}

void add_wholes(EntryTables& tables, const ContentHash& content) {
  std::int64_t rows = 0;
  for (const auto* part : {&content.content, &content.history}) {
    for (const TableHash& one : *part) {
      tables[one.table][""] = Entry{one.rows, blob_of(one.hash), {}};
      if (part == &content.content) rows += one.rows;
    }
  }
  tables[""][""] = Entry{rows, blob_of(content.hash), {}};
}

void put(SQLite::Database& db, const EntryTables& tables) {
  SQLite::Statement put(db,
                        "INSERT INTO manifest (table_name, key, rows, hash, marks) "
                        "VALUES (?, ?, ?, ?, ?)");
  for (const auto& [table, entries] : tables) {
    for (const auto& [key, entry] : entries) {
      put.bind(1, table);
      put.bind(2, key);
      put.bind(3, entry.rows);
      put.bind(4, entry.hash.data(), static_cast<int>(entry.hash.size()));
      if (entry.marks.empty()) {
        put.bind(5);
      } else {
        put.bind(5, entry.marks.data(), static_cast<int>(entry.marks.size()));
      }
      put.exec();
      put.reset();
    }
  }
}

std::string blob_in(const SQLite::Column& column) {
  const auto* from = static_cast<const char*>(column.getBlob());
  return from == nullptr ? std::string()
                         : std::string(from, static_cast<std::size_t>(column.getBytes()));
}

std::vector<std::string> cells_in(const std::string& key) {
  const auto read = nlohmann::json::parse(key, nullptr, false);
  if (!read.is_array()) return {key};
  std::vector<std::string> cells;
  for (const auto& cell : read)
    cells.push_back(cell.is_string() ? cell.get<std::string>() : cell.dump());
  return cells;
}

}  // namespace

struct ManifestRows::Tables {
  EntryTables all;
};

ManifestRows::ManifestRows() : tables_(std::make_unique<Tables>()) {}
ManifestRows::~ManifestRows() = default;

void ManifestRows::row(std::string_view table, const std::string& key, const Hash128& hash) {
  tables_->all[std::string(table)].emplace(key, Entry{1, bytes(hash), {}});
}

void ManifestRows::series(std::int64_t, const std::string& key, const RowSum& sum,
                          std::span<const SeriesMark> marks) {
  tables_->all["observation"].emplace(key, Entry{sum.rows, bytes(sum.hash), packed(marks)});
}

ContentHash write_manifest(Database& database) {
  ManifestRows rows;
  ObservationWork work(database, &rows, nullptr);
  work.take_part(database);
  return write_manifest(database, rows, work.sums());
}

ContentHash write_manifest(Database& database, ManifestRows& rows, const ObservationSums& sums) {
  ContentHash content = read_content(database, &rows, [&] { return sums; });
  add_wholes(rows.tables_->all, content);
  database.guarded([&] {
    database.sqlite().exec("DELETE FROM manifest");
    put(database.sqlite(), rows.tables_->all);
  });
  return content;
}

bool has_manifest(Database& database) {
  return database.guarded([&] {
    return database.sqlite().tableExists("manifest") &&
           database.sqlite().execAndGet("SELECT EXISTS (SELECT 1 FROM manifest)").getInt() == 1;
  });
}

struct ManifestCheck::State {
  explicit State(Database& file)
      : database(file),
        marks(file.sqlite(),
              "SELECT marks FROM manifest WHERE table_name = 'observation' AND key = ?"),
        period(file.sqlite(), "SELECT code FROM period WHERE id = ?"),
        source(file.sqlite(), "SELECT code FROM source WHERE id = ?") {
    SQLite::Statement entries(file.sqlite(), "SELECT table_name, key, rows, hash FROM manifest");
    while (entries.executeStep()) {
      recorded[entries.getColumn(0).getString()].emplace(
          entries.getColumn(1).getString(),
          Entry{entries.getColumn(2).getInt64(), blob_in(entries.getColumn(3)), {}});
    }
  }

  TableDifference& of(std::string_view table) {
    const auto found = std::find_if(counts.begin(), counts.end(),
                                    [&](const auto& one) { return one.table == table; });
    if (found != counts.end()) return *found;
    return counts.emplace_back(TableDifference{std::string(table), 0, 0, 0});
  }

  void tell(RowDifference::How how, std::string_view table, std::vector<std::string> key) {
    TableDifference& count = of(table);
    ++(how == RowDifference::How::changed ? count.changed
       : how == RowDifference::How::added ? count.added
                                          : count.removed);
    auto& list = told[std::string(table)];
    RowDifference one{how, std::string(table), std::move(key)};
    // Series come in any order, so of observations those of the first keys are told.
    auto at = list.end();
    if (table == "observation") {
      at = std::upper_bound(list.begin(), list.end(), one,
                            [](const auto& a, const auto& b) { return a.key < b.key; });
    }
    list.insert(at, std::move(one));
    if (list.size() > kRowsTold) list.pop_back();
  }

  // The first rows of all, table by table.
  std::vector<RowDifference> first_rows() {
    std::vector<RowDifference> rows;
    for (const TableDifference& table : counts) {
      for (RowDifference& one : told[table.table]) {
        if (rows.size() < kRowsTold) rows.push_back(std::move(one));
      }
    }
    return rows;
  }

  std::string code(SQLite::Statement& named, std::string_view table, std::int64_t id) {
    named.reset();
    named.bind(1, id);
    if (!named.executeStep()) return fmt::format("{} {}", table, id);
    return named.getColumn(0).getString();
  }

  void tell_row(RowDifference::How how, const std::string& key, const RowMark& mark,
                std::string_view locator) {
    std::vector<std::string> cells = cells_in(key);
    cells.push_back(code(period, "period", mark.period));
    cells.push_back(code(source, "source", mark.source));
    cells.emplace_back(locator);
    tell(how, "observation", std::move(cells));
  }

  std::vector<RowMark> marks_of(const std::string& key) {
    marks.reset();
    marks.bind(1, key);
    return marks.executeStep() ? unpacked(blob_in(marks.getColumn(0))) : std::vector<RowMark>();
  }

  // Rows of one series: those of now against those recorded.
  void compare(const std::string& key, std::span<const SeriesMark> now) {
    const auto place = [](RowMark mark) {
      mark.check = 0;
      return mark;
    };
    std::multimap<RowMark, std::uint16_t> left;  // recorded and not met yet
    for (const RowMark& mark : marks_of(key)) left.emplace(place(mark), mark.check);
    bool any = false;
    for (const SeriesMark& row : now) {
      const RowMark mark = mark_of(row);
      const auto found = left.find(place(mark));
      const bool is_added = found == left.end();
      if (is_added || found->second != mark.check) {
        any = true;
        tell_row(is_added ? RowDifference::How::added : RowDifference::How::changed, key, mark,
                 row.locator);
      }
      if (!is_added) left.erase(found);
    }
    for (const auto& [mark, check] : left) {
      any = true;
      tell_row(RowDifference::How::removed, key, mark, {});
    }
    if (!any) tell(RowDifference::How::changed, "observation", cells_in(key));
  }

  Database& database;
  SQLite::Statement marks, period, source;
  EntryTables recorded;
  std::vector<TableDifference> counts;
  std::map<std::string, std::vector<RowDifference>, std::less<>> told;  // by table
};

ManifestCheck::ManifestCheck(Database& database)
    : state_(database.guarded([&] { return std::make_unique<State>(database); })) {}
ManifestCheck::~ManifestCheck() = default;

void ManifestCheck::row(std::string_view table, const std::string& key, const Hash128& hash) {
  Entries& recorded = state_->recorded[std::string(table)];
  const auto found = recorded.find(key);
  if (found == recorded.end()) {
    state_->tell(RowDifference::How::added, table, cells_in(key));
    return;
  }
  if (found->second.hash != bytes(hash)) {
    state_->tell(RowDifference::How::changed, table, cells_in(key));
  }
  recorded.erase(found);
}

void ManifestCheck::series(std::int64_t, const std::string& key, const RowSum& sum,
                           std::span<const SeriesMark> marks) {
  Entries& recorded = state_->recorded["observation"];
  const auto found = recorded.find(key);
  const bool is_same = found != recorded.end() && found->second.rows == sum.rows &&
                       found->second.hash == bytes(sum.hash);
  if (found != recorded.end()) recorded.erase(found);
  if (!is_same) state_->compare(key, marks);
}

void ManifestCheck::finish(const ContentHash& content, Verification& into) {
  State& state = *state_;
  EntryTables due;
  add_wholes(due, content);
  std::string differs;  // the last table that does as a whole
  for (auto& [table, entries] : state.recorded) {
    const auto whole = entries.find("");
    const Entry& now = due[table][""];
    if (whole == entries.end() || whole->second.rows != now.rows ||
        whole->second.hash != now.hash) {
      differs = table.empty() ? "content" : table;
    }
    if (whole != entries.end()) entries.erase(whole);
    for (const auto& [key, entry] : entries) {
      if (table == "observation") {
        state.compare(key, {});
      } else {
        state.tell(RowDifference::How::removed, table, cells_in(key));
      }
    }
  }
  into.rows = state.first_rows();
  into.differences = std::move(state.counts);
  if (differs.empty() || !into.differences.empty()) return;
  into.faults.push_back({Check::manifest, differs == "import_id"
                                              ? "rows are ascribed to other imports than recorded"
                                              : "the manifest contradicts itself: " + differs});
}

}  // namespace planfile
