#include "merging.h"

#include <algorithm>
#include <array>
#include <type_traits>

#include <fmt/format.h>

#include "key_text.h"
#include "reader.h"
#include "revise.h"
#include "store.h"
#include "tables.h"

namespace planfile {
namespace {

constexpr std::size_t kBatch = 10000;

template <class Fact>
constexpr bool kHasCode = requires(const Fact& fact) {
  fact.code;
}
&&!std::is_same_v<Fact, Alias>;

constexpr std::string_view kRemoved = "(removed)";

// What a side changed of a row, for one cell.
template <class Fact>
std::string changes_text(const std::optional<Fact>& base, const std::optional<Fact>& side) {
  if (!side) return std::string(kRemoved);
  std::string text;
  each_column<Fact>([&](const auto& column) {
    if (in_key(column) || column.name == "import") return;
    const std::string cell = cell_text((*side).*column.member);
    const bool differs = base ? (*base).*column.member != (*side).*column.member : !cell.empty();
    if (differs) text += fmt::format("{}{}={}", text.empty() ? "" : "; ", column.name, cell);
  });
  return text;
}

// The file's own things: not those that every new file has.
std::set<std::string> own_codes(Database& file) {
  SQLite::Statement codes(file.sqlite(),
                          "SELECT 's ' || code FROM source UNION ALL SELECT 'i ' || code FROM "
                          "indicator UNION ALL SELECT 'p ' || code FROM plan "
                          "UNION ALL SELECT 'j ' || code FROM project");
  std::set<std::string> all;
  while (codes.executeStep()) all.insert(codes.getColumn(0).getString());
  return all;
}

void refuse_no_ancestor(Database& base, Database& side, std::string_view name) {
  const auto ancestors = own_codes(base), descendants = own_codes(side);
  const bool is_copy = ancestors.empty() ||
                       std::any_of(ancestors.begin(), ancestors.end(),
                                   [&](const auto& code) { return descendants.contains(code); });
  if (is_copy) return;
  throw Error(
      Errc::refused,
      fmt::format("{} has none of the base's sources, indicators, plans and projects: it was "
                  "not made from it; without a base, merge shows every difference",
                  name));
}

// Figures are kept in their indicators' units, which therefore must agree.
void refuse_other_meaning(const Unit& a, const Unit& b) {
  if (a.dimension == b.dimension && a.base == b.base && a.factor == b.factor) return;
  throw Error(
      Errc::refused,
      fmt::format("unit \"{}\": {} {} on one side, {} {} on the other; let the two files agree "
                  "on it first",
                  a.code, to_text(a.factor), a.base, to_text(b.factor), b.base));
}
void refuse_other_meaning(const Indicator& a, const Indicator& b) {
  if (a.unit == b.unit) return;
  throw Error(Errc::refused,
              fmt::format("indicator \"{}\" is in {} on one side, in {} on the other; let the two "
                          "files agree on its unit first",
                          a.code, a.unit, b.unit));
}
template <class Fact>
void refuse_other_meaning(const Fact&, const Fact&) {}

std::vector<Database*> files_of(const File* base, const File& ours, const File& theirs) {
  std::vector<Database*> files;
  if (base != nullptr) files.push_back(&FileAccess::database(*base));
  files.push_back(&FileAccess::database(ours));
  files.push_back(&FileAccess::database(theirs));
  return files;
}

}  // namespace

Merging::Merging(const File* base, const File& ours, const File& theirs, File& merged,
                 const std::vector<Choice>& choices)
    : files_(files_of(base, ours, theirs)),
      has_base_(base != nullptr),
      ours_(ours),
      theirs_(theirs),
      merged_(merged),
      words_(files_),
      edit_(merged),
      history_(has_base_ ? files_.front() : nullptr, FileAccess::database(ours),
               FileAccess::database(theirs), edit_),
      judge_(choices) {}

Merged Merging::run() {
  if (has_base_) {
    refuse_no_ancestor(*files_[0], *files_[1], "ours");
    refuse_no_ancestor(*files_[0], *files_[2], "theirs");
  }
  history_.add_imports();
  each_table([&]<class Fact>() {
    if constexpr (!std::is_same_v<Fact, Import> && !std::is_same_v<Fact, Revision>) {
      merge_table<Fact>();
    }
  });
  judge_.refuse_rest();
  result_.conflicts = judge_.conflicts();
  result_.issues = judge_.issues();
  result_.settled = judge_.settled();
  if (result_.conflicts.empty() && result_.issues.empty()) finish();
  return std::move(result_);
}

template <class Fact>
void Merging::merge_table() {
  count_ = {.kind = std::string(table_of<Fact>)};
  walk<Fact>(files_, [&](Abreast<Fact> rows) {
    const std::optional<Fact> none;
    merge_row<Fact>({has_base_ ? rows.front() : none, rows[rows.size() - 2], rows.back()});
  });
  finish_table<Fact>();
}

template <class Fact>
void Merging::finish_table() {
  flush<Fact>();
  for (const auto& type : std::exchange(typed_, {})) type();
  for (const auto& [name, code] : std::exchange(new_in_theirs_, {})) {
    const auto other = new_in_ours_.find(name);
    if (other == new_in_ours_.end() || other->second == code) continue;
    const Told kind = kind_word(table_of<Fact>);
    result_.notes.push_back(
        {fmt::format("{} {} came twice: as \"{}\" in ours, as \"{}\" in theirs; if they are one "
                     "thing, it needs one code",
                     kind.en, name, other->second, code),
         fmt::format("{}{}新增了两次：我方代码“{}”，对方代码“{}”；若为同一事物，应合用一个代码",
                     kind.zh, name, other->second, code)});
  }
  new_in_ours_.clear();
  if (count_.added + count_.removed + count_.changed > 0) result_.taken.push_back(count_);
}

template <class Fact>
void Merging::merge_row(const Three<Fact>& rows) {
  const auto& [base, ours, theirs] = rows;
  note_name(rows);
  if (ours && theirs) refuse_other_meaning(*ours, *theirs);
  const bool both = !says_same(base, ours) && !says_same(base, theirs);
  if (both && ours && theirs) {
    history_.note_both(table_of<Fact>, revision_key(*ours),
                       base ? revision_state(*base) : std::string(), revision_state(*ours));
  }
  if (says_same(ours, theirs)) return;
  if (says_same(base, theirs)) {  // OURS alone changed it
    if (!ours) keep_restorable(*theirs);
  } else if (says_same(base, ours)) {
    if (!theirs) return remove(*ours);
    ++(ours ? count_.changed : count_.added);
    put(*theirs);
  } else if (ours && theirs) {
    merge_columns(rows);
  } else {
    merge_whole(rows);
  }
}

template <class Fact>
Conflict Merging::conflict(const Fact& fact) const {
  Conflict one;
  one.kind = table_of<Fact>;
  one.key = key_text(fact);
  const Told kind = kind_word(one.kind), about = subject(fact, words_);
  one.about = fmt::format("{} {}", kind.en, about.en);
  one.about_zh = fmt::format("{} {}", kind.zh, about.zh);
  return one;
}

template <class Fact>
std::vector<Conflict> Merging::conflicts_of(const ThreeWay<Fact>& columns, const Three<Fact>& rows,
                                            std::string_view group) const {
  std::vector<Conflict> together;
  columns.each_disputed(group, [&](const auto& column) {
    Conflict one = conflict(*rows.ours);
    one.column = column.name;
    if (rows.base) one.base = cell_text((*rows.base).*column.member);
    one.ours = cell_text((*rows.ours).*column.member);
    one.theirs = cell_text((*rows.theirs).*column.member);
    together.push_back(std::move(one));
  });
  return together;
}

template <class Fact>
void Merging::merge_columns(const Three<Fact>& rows) {
  ThreeWay<Fact> columns(rows);
  std::vector<std::pair<const Choice*, std::string>> values;
  for (const std::string_view group : columns.run()) {
    const auto verdict = judge_.settle(conflicts_of(columns, rows, group), rows.base.has_value());
    if (!verdict) continue;
    if (verdict->side) columns.take(group, *verdict->side);
    values.insert(values.end(), verdict->values.begin(), verdict->values.end());
    reject(rows, *verdict);
  }
  Fact merged = columns.merged();
  if constexpr (kCarriesImport<Fact>) {
    const auto before = rows.base ? history_.number(Side::base, rows.base->import) : std::nullopt;
    const auto number = history_.number(Side::theirs, rows.theirs->import);
    if (columns.took_theirs() && number != before) merged.import = number;
  }
  if (says_same(merged, *rows.ours) && values.empty()) return;
  ++count_.changed;
  if (values.empty()) {
    pending<Fact>().push_back(std::move(merged));
    if (pending<Fact>().size() >= kBatch) flush<Fact>();
  } else {
    typed_.push_back([this, merged, values] { type_in<Fact>(merged, values); });
  }
}

// One side removed the row and the other changed it.
template <class Fact>
void Merging::merge_whole(const Three<Fact>& rows) {
  Conflict one = conflict(*rows.base);
  one.ours = changes_text(rows.base, rows.ours);
  one.theirs = changes_text(rows.base, rows.theirs);
  const auto verdict = judge_.settle({one}, true);
  const auto side = verdict ? verdict->side : std::nullopt;
  if (!rows.ours && side != Side::theirs) keep_restorable(*rows.theirs);
  if (!side) return;
  reject(rows, *verdict);
  if (*side == Side::theirs && !rows.theirs) return remove(*rows.ours);
  if (*side == Side::ours) return;
  ++(rows.ours ? count_.changed : count_.added);
  Fact chosen = *rows.of(*side);
  if constexpr (kCarriesImport<Fact>) chosen.import = history_.number(*side, chosen.import);
  pending<Fact>().push_back(std::move(chosen));
}

// Keeps the states that were not chosen.
template <class Fact>
void Merging::reject(const Three<Fact>& rows, const Verdict& verdict) {
  for (const Side side : {Side::ours, Side::theirs}) {
    if (verdict.side == side && verdict.values.empty()) continue;
    const auto& row = rows.of(side);
    if (row) history_.reject(side, table_of<Fact>, revision_key(*row), revision_state(*row));
  }
}

// Cells that a person typed in are read as those of a book.
template <class Fact>
void Merging::type_in(Fact fact, const std::vector<std::pair<const Choice*, std::string>>& values) {
  CellsOf<Fact> cells;
  std::vector<std::string> texts;
  each_column<Fact>([&](const auto& column) { texts.push_back(cell_text(fact.*column.member)); });
  std::copy(texts.begin(), texts.end(), cells.begin());
  each_cell<Fact>([&](const auto& column, std::size_t at) {
    for (const auto& [choice, value] : values) {
      if (choice->column == column.name) cells[at] = value;
    }
  });
  std::vector<Fault> faults;
  auto read = read_fact<Fact>(cells, merged_.catalogue(), {}, faults);
  for (const Fault& wrong : faults) {
    const auto its = std::find_if(values.begin(), values.end(), [&](const auto& one) {
      return one.first->column == wrong.column;
    });
    judge_.fault(*(its == values.end() ? values.front() : *its).first, "choice", wrong.message);
  }
  if (!read || !faults.empty()) return;
  pending<Fact>().push_back(std::move(*read));
  flush<Fact>();
}

// A row of THEIRS.
template <class Fact>
void Merging::put(Fact fact) {
  if constexpr (kCarriesImport<Fact>) fact.import = history_.number(Side::theirs, fact.import);
  pending<Fact>().push_back(std::move(fact));
  if (pending<Fact>().size() >= kBatch) flush<Fact>();
}

template <class Fact>
void Merging::flush() {
  const std::vector<Fact> rows = std::exchange(pending<Fact>(), {});
  if (rows.empty()) return;
  if (!restorable_.empty()) {
    for (const Fact& fact : rows) restore_referred(fact);
  }
  edit_.put(std::span<const Fact>(rows));
}

template <class Fact>
void Merging::remove(const Fact& fact) {
  ++count_.removed;
  EditAccess::touch(edit_);
  if constexpr (kHasCode<Fact>) {
    const auto id = EditAccess::store(edit_).ids().find(table_of<Fact>, fact.code);
    if (id) doomed_[std::string(table_of<Fact>)].emplace(fact.code, *id);
  } else {
    removals_.push_back(
        [this, fact] { EditAccess::store(edit_).remove(std::span<const Fact>(&fact, 1)); });
  }
}

// What OURS removed comes back when rows of THEIRS need it.
template <class Fact>
void Merging::keep_restorable(const Fact& fact) {
  if constexpr (kHasCode<Fact>) {
    restorable_.insert_or_assign(std::pair(std::string(table_of<Fact>), fact.code),
                                 [this, fact = Fact(fact)]() mutable {
                                   restore_referred(fact);
                                   if constexpr (kCarriesImport<Fact>) {
                                     fact.import = history_.number(Side::theirs, fact.import);
                                   }
                                   edit_.put(std::span<const Fact>(&fact, 1));
                                 });
  }
}

void Merging::restore(const std::string& table, const std::string& code) {
  const auto found = restorable_.find(std::pair(table, code));
  if (found == restorable_.end()) return;
  const auto put_back = std::move(found->second);
  restorable_.erase(found);
  put_back();
  note_kept(table, code, "ours");
}

template <class Fact>
void Merging::restore_referred(const Fact& fact) {
  each_column<Fact>([&](const auto& column) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(fact.*column.member)>, std::string>) {
      const std::string& code = fact.*column.member;
      if (std::is_same_v<Fact, Alias> && column.name == "code") {
        restore(cell_text(fact.*std::get<0>(columns_of<Fact>).member), code);
      } else if (!column.refers.empty()) {
        restore(std::string(column.refers), code);
      }
    }
  });
}

template <class Fact>
void Merging::note_name(const Three<Fact>& rows) {
  if constexpr (kHasCode<Fact> && requires { rows.ours->name; }) {
    if (rows.base || (rows.ours && rows.theirs)) return;
    if (rows.ours) new_in_ours_.emplace(rows.ours->name, rows.ours->code);
    if (rows.theirs) new_in_theirs_.emplace(rows.theirs->name, rows.theirs->code);
  }
}

}  // namespace planfile
