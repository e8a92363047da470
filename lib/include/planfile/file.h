#pragma once

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

// What to do with a file that stands where one is to be written.
enum class Existing { keep, replace };

// One open plan file. Movable, not copyable; the destructor closes it.
// Use one File from one thread at a time.
class File {
 public:
  enum class Access { read, write };

  // Makes an empty plan file: schema, code lists, saved queries, dictionary. Errc::usage when
  // `path` exists. The file appears at `path` whole or not at all.
  static File create(const std::filesystem::path& path);

  // An empty plan file that lives in memory only.
  static File in_memory();

  // Errc::no_such_file, not_a_plan_file or newer_file when there is no plan file to open.
  static File open(const std::filesystem::path& path, Access access = Access::read);

  File(File&&) noexcept;
  File& operator=(File&&) noexcept;
  ~File();

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
  explicit File(std::unique_ptr<Database> database);

  std::unique_ptr<Database> database_;
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
  // import a changed row's former state goes to `revision`. Codes must exist (`check` has seen to
  // it). Of a row that is there already only `columns` change, or all when none are named.
  template <class Fact>
  Changes put(std::span<const Fact> facts, std::span<const std::string> columns = {});

  void commit();

 private:
  friend struct EditAccess;
  void finish_import();

  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace planfile
