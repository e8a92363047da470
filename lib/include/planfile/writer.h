#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include "planfile/query.h"

namespace planfile {

// A plan file opened to be changed by SQL, and asked as by a Reader, which then sees what is not
// committed yet.
//
// SQL may add, change and remove rows of facts and names: source, scope, unit, entity, indicator,
// project, alias, formula, plan, observation, target, milestone, outlay. Rows of `series` and
// `period`, to which facts belong, may come and go. All else stays as it is: schema, settings,
// saved queries, the dictionary, code lists, imports, revisions; ids; the import that brought a
// row; the units of indicators and the factors of units, in which figures are kept.
//
// A changed row has to keep the file's constraints and be one that a book can hold: `value` and
// `printed` agree, a period is told right, a name leads to one thing. `revision` keeps each former
// state, as changed by hand. The summaries in `series` follow, and series without rows go.
//
// Statements run in a transaction each, unless BEGIN opened one; one that fails changes nothing.
// Use one Writer from one thread at a time.
class Writer : public Reader {
 public:
  // Errors as File::open for writing: a file of an older schema is first brought up to date.
  explicit Writer(const std::filesystem::path& path, Limits limits = {});
  Writer(Writer&&) noexcept;
  // Undoes a transaction that was not committed.
  ~Writer() override;

  // Runs one statement of either sort. The rows that it yields (of a query, or RETURNING) go to
  // `rows`, which hears nothing where it yields none. Returns how many rows it added, changed and
  // removed; nothing of one that only reads or that begins or ends a transaction.
  //
  // Errc::refused when the row would break a rule, with the row and the rule; errors as
  // Reader::sql besides; Errc::storage when another program writes for longer than some seconds.
  std::optional<std::int64_t> execute(std::string_view statement, RowSink& rows);

  // Whether a transaction is open that BEGIN or SAVEPOINT began.
  [[nodiscard]] bool in_transaction();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace planfile
