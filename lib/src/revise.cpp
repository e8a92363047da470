#include "revise.h"

#include <nlohmann/json.hpp>

#include "cells.h"
#include "row.h"

namespace planfile {
namespace {

enum class Cells { all, of_key };

template <class Fact>
std::string json_of(const Fact& fact, Cells which) {
  nlohmann::ordered_json cells = nlohmann::ordered_json::object();
  each_column<Fact>([&](const auto& column) {
    if (which == Cells::of_key && !in_key(column)) return;
    cells[std::string(column.name)] = cell_text(fact.*column.member);
  });
  return cells.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

template <class Fact>
std::string revision_key(const Fact& fact) {
  return json_of(fact, Cells::of_key);
}

template <class Fact>
std::string revision_state(const Fact& fact) {
  return json_of(fact, Cells::all);
}

Revisions::Revisions(SQLite::Database& db, std::int64_t import)
    : import_(import),
      put_(db, "INSERT INTO revision (import_id, table_name, key, former) VALUES (?, ?, ?, ?)") {}

Revisions::Revisions(SQLite::Database& db)
    : put_(db,
           "INSERT INTO revision (import_id, at, table_name, key, former) "
           "VALUES (?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?, ?, ?)") {}

void Revisions::put(std::string_view table, const std::string& key, const std::string* former) {
  if (import_) {
    put_.bind(1, *import_);
  } else {
    put_.bind(1);
  }
  put_.bind(2, std::string(table));
  put_.bind(3, key);
  if (former == nullptr) {
    put_.bind(4);
  } else {
    put_.bind(4, *former);
  }
  put_.exec();
  put_.reset();
}

template <class Fact>
void Revisions::changed(const Fact& former) {
  const std::string state = revision_state(former);
  put(table_of<Fact>, revision_key(former), &state);
}

template <class Fact>
void Revisions::added(const Fact& fact) {
  put(table_of<Fact>, revision_key(fact), nullptr);
}

#define PLANFILE_REVISES(Fact)                      \
  template std::string revision_key(const Fact&);   \
  template std::string revision_state(const Fact&); \
  template void Revisions::changed(const Fact&);    \
  template void Revisions::added(const Fact&);
PLANFILE_REVISES(Source)
PLANFILE_REVISES(Entity)
PLANFILE_REVISES(Scope)
PLANFILE_REVISES(Unit)
PLANFILE_REVISES(Indicator)
PLANFILE_REVISES(Alias)
PLANFILE_REVISES(Formula)
PLANFILE_REVISES(Plan)
PLANFILE_REVISES(Observation)
PLANFILE_REVISES(Target)
PLANFILE_REVISES(Project)
PLANFILE_REVISES(Milestone)
PLANFILE_REVISES(Outlay)
PLANFILE_REVISES(Import)
PLANFILE_REVISES(Revision)
PLANFILE_REVISES(SavedQuery)
#undef PLANFILE_REVISES

}  // namespace planfile
