// Holds what a caller's SQL changes to planfile's own rules, and records it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "database.h"
#include "references.h"

struct sqlite3_value;

namespace planfile {

struct Recording;
class Watched;

// Sees each row that a statement adds, changes or removes, through TEMP triggers on the tables of
// facts and names. `revision` keeps the row as it was, or that it was not there. A row must be one
// that a book could hold and give back; the summaries of its series follow. The file's own triggers
// take no part: a received file may have brought them.
class Recorder {
 public:
  // What SQL may change, for Database::restrict_to_changing.
  static Changeable changeable();

  // `database` has to be restricted to that already.
  explicit Recorder(Database& database);
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;
  ~Recorder();

  // Before a statement, within the transaction or savepoint that it is to run in.
  void begin();

  // After it: holds names to their rules and brings summaries up to date. Errc::refused.
  void finish();

  // Instead: what the statement did is undone.
  void drop();

  // Before the transaction is committed: series that lost their last row go.
  void tidy();

  // Why the foreign keys refused the rows that the statement last dropped tried to remove; empty
  // where that is not it.
  std::string reason_kept();

  // What TEMP triggers call: an occasion and a row's key, as told in recorder.cpp.
  void note(std::span<sqlite3_value*> arguments);

 private:
  Database& database_;
  std::unique_ptr<Recording> recording_;
  std::map<std::string, std::unique_ptr<Watched>, std::less<>> tables_;
  std::map<std::string, RowIds, std::less<>> dropped_;  // by table, rows that were to go
  std::int64_t version_ = 0;  // of the data: another program's changes count it up
};

}  // namespace planfile
