#include "planfile/saved.h"

#include <chrono>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "edit.h"

namespace planfile {
namespace {

std::string now() {
  return fmt::format(
      "{:%Y-%m-%dT%H:%M:%SZ}",
      fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

// Of a saved query of that name: who wrote it, and its text.
struct Kept {
  std::string origin, text;
};

std::optional<Kept> kept(SQLite::Database& db, const std::string& name) {
  SQLite::Statement find(db, "SELECT origin, text FROM query WHERE name = ?");
  find.bind(1, name);
  if (!find.executeStep()) return std::nullopt;
  return Kept{find.getColumn(0).getString(), find.getColumn(1).getString()};
}

void keep_former(SQLite::Database& db, const std::string& name, const std::string& text) {
  SQLite::Statement put(db,
                        "INSERT INTO revision (at, table_name, key, former) "
                        "VALUES (?, 'query', ?, ?)");
  put.bind(1, now());
  put.bind(2, nlohmann::ordered_json{{"name", name}}.dump());
  put.bind(3, nlohmann::ordered_json{{"name", name}, {"text", text}}.dump());
  put.exec();
}

}  // namespace

bool save_query(File& file, const Query& query) {
  Edit edit(file);
  Database& database = EditAccess::database(edit);
  const bool is_new = database.guarded([&] {
    SQLite::Database& db = database.sqlite();
    const auto before = kept(db, query.name);
    if (before && before->origin != "user") {
      throw Error(
          Errc::usage,
          fmt::format("\"{}\" is one of planfile's own queries; choose another name", query.name));
    }
    if (before && before->text == query.text) return false;
    if (before) keep_former(db, query.name, before->text);
    SQLite::Statement put(db,
                          "INSERT INTO query (name, origin, text) VALUES (?, 'user', ?) "
                          "ON CONFLICT (name) DO UPDATE SET text = excluded.text");
    put.bind(1, query.name);
    put.bind(2, query.text);
    put.exec();
    return true;
  });
  if (is_new) EditAccess::touch(edit);
  edit.commit();
  return is_new;
}

}  // namespace planfile
