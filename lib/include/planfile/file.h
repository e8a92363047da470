#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "planfile/error.h"
#include "planfile/model.h"

namespace planfile {

class Database;
class Edit;
struct EditAccess;
struct FileAccess;

// How long every file that is opened from here on waits for other programs that have it, in this
// whole process; 5 s unless it is set.
void set_wait(std::chrono::milliseconds longest);

// What to do with a file that stands where one is to be written.
enum class Existing { keep, replace };

// One open plan file. Movable, not copyable; the destructor closes it.
// Use one File from one thread at a time.
class File {
 public:
  enum class Access { read, write };

  // How a file of an older schema is brought up to date when it is opened to be written.
  enum class Upgrade {
    with_backup,  // in one transaction, once a copy of it stands beside it
    in_place,     // the same without a copy
    in_memory,    // not at all: what is written is gone in the end
  };

  // What opening an older file did to it.
  struct Upgraded {
    int from = 0, to = 0;          // schema versions
    std::filesystem::path backup;  // `FILE.schema-8.bak`; empty without one
  };

  // Makes an empty plan file: schema, code lists, saved queries, dictionary. Errc::usage when
  // `path` exists. The file appears at `path` whole or not at all.
  static File create(const std::filesystem::path& path);

  // An empty plan file that lives in memory only.
  static File in_memory();

  // Errc::no_such_file, not_a_plan_file or newer_file when there is no plan file to open. A file of
  // an older schema that is only read stays as it is: what is read is a copy in memory.
  static File open(const std::filesystem::path& path, Access access = Access::read,
                   Upgrade upgrade = Upgrade::with_backup);

  File(File&&) noexcept;
  File& operator=(File&&) noexcept;
  ~File();

  [[nodiscard]] const std::optional<Upgraded>& upgraded() const { return upgraded_; }

  // Everything in the file that has a name.
  [[nodiscard]] Catalogue catalogue() const;

  // Every row of one table, in the order in which a book lists them. `Fact` is any struct of
  // model.h; saved queries are the user's own.
  template <class Fact>
  [[nodiscard]] std::vector<Fact> all() const;

  // Writes a copy without free pages to `path`: whole or not at all. Errc::usage when something is
  // there that is to be kept.
  void copy_to(const std::filesystem::path& path, Existing existing = Existing::keep) const;

 private:
  friend class Edit;
  friend struct FileAccess;
  explicit File(std::unique_ptr<Database> database);

  std::unique_ptr<Database> database_;
  std::optional<Upgraded> upgraded_;
};

// How many rows a change touched.
struct Changes {
  std::size_t added = 0, changed = 0, unchanged = 0;

  bool operator==(const Changes&) const = default;
};

// One change of a file, whole or not at all: what is not committed when it goes out of scope is
// undone.
class Edit {
 public:
  // Begins. Waits some seconds for another writer, then Errc::storage.
  explicit Edit(File& file);

  Edit(const Edit&) = delete;
  Edit& operator=(const Edit&) = delete;
  ~Edit();

  // Begins an import: from here on rows that are put belong to it, instead of the import that they
  // name themselves. Its `number` and its counts of added and changed rows are filled in. An
  // import that neither adds nor changes a row leaves no trace.
  void begin(Import about);

  // Adds the rows whose natural key is new and brings those that differ up to date. Within an
  // import a changed row's former state goes to `revision`, so that it can be taken back. Codes
  // must exist (`check` has seen to it). Of a row that is there already only `columns` change, or
  // all when none are named.
  template <class Fact>
  Changes put(std::span<const Fact> facts, std::span<const std::string> columns = {});

  void commit();

 private:
  friend struct EditAccess;
  void finish_import();

  struct State;
  std::unique_ptr<State> state_;
};

// What taking an import back did.
struct Undone {
  std::int64_t import = 0;                // its number
  std::string file;                       // that it read
  std::size_t removed = 0, restored = 0;  // rows

  bool operator==(const Undone&) const = default;
};

// Takes an import back, the newest when no number is given: the rows it added go, those it changed
// get their former state, what it alone brought (names, series, periods) goes too, and the import
// with them. Whole or not at all: Errc::refused, with what depends on it, when later work does,
// that is, rows of it that a later import changed, or names that later rows refer to. Errc::usage
// when there is no such import.
Undone undo(File& file, std::optional<std::int64_t> import);

// Whether a cascade is only to be told of, or done.
enum class Cascade { tell, take_back };

// The same, with all later imports that depend on it: each is taken back before what it depends on,
// so the one asked for comes last. Whole or not at all. Errc::refused where a change by hand
// depends on it.
std::vector<Undone> undo_with_later(File& file, std::optional<std::int64_t> import,
                                    Cascade cascade);

}  // namespace planfile
