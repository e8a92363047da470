#include "content.h"

#include <type_traits>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "content_observations.h"
#include "digest.h"
#include "migrate.h"
#include "observation_hash.h"
#include "row.h"
#include "tables.h"

namespace planfile {
namespace {

void add_value(RowHash& row, const SQLite::Column& value) {
  if (value.isNull()) {
    row.add_nothing();
  } else if (value.isInteger()) {
    row.add(static_cast<std::int64_t>(value.getInt64()));
  } else if (value.isFloat()) {
    row.add(value.getDouble());
  } else {
    row.add(std::string_view(value.getText(), static_cast<std::size_t>(value.getBytes())));
  }
}

// Where in the columns of select_text the natural key stands, and the import, which is history.
struct Places {
  std::vector<int> key;
  int import = -1, count = 0;
};

template <class Fact>
Places places_of() {
  Places places;
  each_column<Fact>([&](const auto& column) {
    using Value = std::remove_cvref_t<decltype(std::declval<Fact>().*column.member)>;
    if (in_key(column)) places.key.push_back(places.count);
    if (kTakesImports<Fact> && column.name == "import") places.import = places.count;
    constexpr int kFigureParts = 5;
    places.count += std::is_same_v<Value, Figure> ? kFigureParts : 1;
  });
  return places;
}

class Reading {
 public:
  Reading(Database& database, ContentReader* reader,
          const std::function<ObservationSums()>& observations)
      : database_(database), reader_(reader), observations_(observations) {}

  ContentHash read() {
    for (const char* list : {"status", "stage", "sector"}) read_list(list);
    each_table([&]<class Fact>() {
      if constexpr (std::is_same_v<Fact, Observation>) {
        read_observations();
      } else {
        read_table<Fact>();
      }
    });
    add(found_.history, "import_id", brought_);
    found_.hash = digest(found_.content);
    found_.history_hash = digest(found_.history);
    return std::move(found_);
  }

 private:
  // A code list, whose rows are no facts of a book.
  void read_list(const std::string& table) {
    SQLite::Statement rows(database_.sqlite(), fmt::format("SELECT * FROM \"{}\"", table));
    Places places;
    places.key = {0};
    places.count = rows.getColumnCount();
    add(found_.content, table, sum_of(rows, places, table));
  }

  template <class Fact>
  void read_table() {
    constexpr bool kIsHistory = std::is_same_v<Fact, Import> || std::is_same_v<Fact, Revision>;
    const bool is_query = std::is_same_v<Fact, SavedQuery>;
    SQLite::Statement rows(database_.sqlite(),
                           select_text<Fact>(is_query ? "t.origin = 'user'" : "TRUE"));
    add(kIsHistory ? found_.history : found_.content, std::string(table_of<Fact>),
        sum_of(rows, places_of<Fact>(), table_of<Fact>));
  }

  RowSum sum_of(SQLite::Statement& rows, const Places& places, std::string_view table) {
    RowSum sum;
    while (rows.executeStep()) {
      row_.clear();
      for (int at = 0; at < places.count; ++at) {
        if (at != places.import) add_value(row_, rows.getColumn(at));
      }
      const Hash128 hash = row_.hash();
      sum.add(hash);
      if (places.import >= 0) add_brought(hash, rows.getColumn(places.import));
      if (reader_ != nullptr) reader_->row(table, key_of(rows, places), hash);
    }
    return sum;
  }

  void add_brought(const Hash128& row, const SQLite::Column& import) {
    if (!import.isNull()) brought_.add(pair_.of(row, import.getInt64()));
  }

  static std::string key_of(SQLite::Statement& row, const Places& places) {
    nlohmann::json key = nlohmann::json::array();
    for (const int at : places.key) key.push_back(row.getColumn(at).getString());
    return key.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }

  void read_observations() {
    const ObservationSums sums = observations_();
    add(found_.content, "observation", sums.rows);
    brought_.rows += sums.brought.rows;
    brought_.hash += sums.brought.hash;
  }

  static void add(std::vector<TableHash>& to, std::string table, const RowSum& sum) {
    to.push_back({std::move(table), sum.rows, hex(sum.hash)});
  }

  static std::string digest(const std::vector<TableHash>& tables) {
    Sha256 sha;
    for (const TableHash& one : tables) {
      sha.add(fmt::format("{} {} {}\n", one.table, one.rows, one.hash));
    }
    return sha.hex();
  }

  Database& database_;
  ContentReader* reader_;
  const std::function<ObservationSums()>& observations_;
  RowHash row_;
  BroughtHash pair_;
  RowSum brought_;
  ContentHash found_;
};

}  // namespace

ContentHash read_content(Database& database, ContentReader* reader, FaultSink* faults) {
  return read_content(database, reader, [&] {
    ObservationWork work(database, reader, faults);
    work.take_part(database);
    return work.sums();
  });
}

ContentHash read_content(Database& database, ContentReader* reader,
                         const std::function<ObservationSums()>& observations) {
  return database.guarded([&] { return Reading(database, reader, observations).read(); });
}

ContentHash content_hash(const std::filesystem::path& path) {
  Database database(path, Database::Access::read);
  check_version(database);
  const bool is_old = database.schema_version() < newest_schema();
  return read_content(is_old ? *upgraded_copy(database) : database, nullptr, nullptr);
}

}  // namespace planfile
