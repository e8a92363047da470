#include "merge_history.h"

#include <chrono>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "edit.h"
#include "store.h"

namespace planfile {
namespace {

using Json = nlohmann::ordered_json;

// What makes an import the same in two files; the n-th of those that are alike is the n-th.
std::vector<std::pair<std::string, Import>> identified(Database& file) {
  std::vector<std::pair<std::string, Import>> all;
  std::map<std::string, int> alike;
  for (Import& import : all_rows<Import>(file)) {
    const std::string about = fmt::format("{}\x1f{}\x1f{}\x1f{}", import.sha256, import.table_name,
                                          import.at, import.file);
    const int place = ++alike[about];
    all.emplace_back(fmt::format("{}\x1f{}", about, place), std::move(import));
  }
  return all;
}

std::string now() {
  return fmt::format(
      "{:%Y-%m-%dT%H:%M:%SZ}",
      fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

std::string text_of(const Revision& revision) {
  return fmt::format("{}\x1f{}\x1f{}\x1f{}\x1f{}", revision.import.value_or(0), revision.at,
                     revision.table_name, revision.key, revision.former);
}

// How often each of them is there.
std::unordered_map<std::string, std::size_t> counted(const std::vector<Revision>& revisions) {
  std::unordered_map<std::string, std::size_t> counts;
  for (const Revision& revision : revisions) ++counts[text_of(revision)];
  return counts;
}

// Takes one of them away; false when there is none left.
bool take_one(std::unordered_map<std::string, std::size_t>& counts, const std::string& text) {
  const auto found = counts.find(text);
  if (found == counts.end() || found->second == 0) return false;
  --found->second;
  return true;
}

std::string dumped(const Json& cells) {
  return cells.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

MergeHistory::MergeHistory(Database* base, Database& ours, Database& theirs, Edit& edit)
    : base_(base), ours_(ours), theirs_(theirs), edit_(edit) {}

void MergeHistory::add_imports() {
  std::map<std::string, std::int64_t> known;
  std::int64_t next = 1;
  for (const auto& [about, import] : identified(ours_)) {
    known.emplace(about, import.number);
    of_ours_.emplace(import.number, import.number);
    next = std::max(next, import.number + 1);
  }
  const std::map<std::string, std::int64_t> in_ours = known;
  std::set<std::string> in_theirs;
  for (auto& [about, import] : identified(theirs_)) {
    in_theirs.insert(about);
    const auto [found, is_new] = known.emplace(about, next);
    of_theirs_.emplace(import.number, found->second);
    if (!is_new) continue;
    import.number = next++;
    edit_.put(std::span<const Import>(&import, 1));
  }
  if (base_ == nullptr) return;
  for (const auto& [about, import] : identified(*base_)) {
    const auto found = known.find(about);
    if (found == known.end()) continue;
    of_base_.emplace(import.number, found->second);
    if (!in_ours.contains(about) || !in_theirs.contains(about)) taken_back_.insert(found->second);
  }
}

const MergeHistory::Numbers& MergeHistory::numbers(Side side) const {
  if (side == Side::base) return of_base_;
  return side == Side::ours ? of_ours_ : of_theirs_;
}

std::optional<std::int64_t> MergeHistory::number(Side side,
                                                 std::optional<std::int64_t> number) const {
  if (!number) return std::nullopt;
  const auto found = numbers(side).find(*number);
  return found == numbers(side).end() ? std::nullopt : std::optional(found->second);
}

// A state's JSON with the import's number in the result.
std::string MergeHistory::former_of(Side side, const std::string& former) const {
  if (former.find("\"import\":\"") == std::string::npos) return former;
  Json cells = Json::parse(former, nullptr, false);
  if (!cells.is_object() || !cells.contains("import") || !cells["import"].is_string()) {
    return former;
  }
  const std::string& text = cells["import"].get_ref<const std::string&>();
  if (text.empty() || text.find_first_not_of("0123456789") != std::string::npos) return former;
  const auto mapped = number(side, std::stoll(text.substr(0, 18)));
  cells["import"] = mapped ? std::to_string(*mapped) : std::string();
  return dumped(cells);
}

Revision MergeHistory::carried(Side side, Revision revision) const {
  revision.import = number(side, revision.import);
  revision.former = former_of(side, revision.former);
  return revision;
}

std::vector<Revision> MergeHistory::all(Side side) const {
  Database* file = side == Side::base ? base_ : side == Side::ours ? &ours_ : &theirs_;
  std::vector<Revision> revisions;
  if (file == nullptr) return revisions;
  for (Revision& revision : all_rows<Revision>(*file)) {
    revisions.push_back(carried(side, std::move(revision)));
  }
  return revisions;
}

void MergeHistory::note_both(std::string_view table, const std::string& key,
                             const std::string& base, const std::string& ours) {
  both_.insert_or_assign(fmt::format("{}\x1f{}", table, key),
                         std::pair(former_of(Side::base, base), former_of(Side::ours, ours)));
}

void MergeHistory::reject(Side side, std::string_view table, std::string key,
                          const std::string& state) {
  Revision revision;
  revision.at = now();
  revision.table_name = table;
  revision.key = std::move(key);
  revision.former = former_of(side, state);
  rejected_.push_back(std::move(revision));
}

// What the row was before THEIRS changed it, had OURS changed it first.
std::string MergeHistory::rebased(const Revision& revision) const {
  const auto found = both_.find(fmt::format("{}\x1f{}", revision.table_name, revision.key));
  if (found == both_.end() || found->second.first.empty()) return revision.former;
  const Json base = Json::parse(found->second.first, nullptr, false),
             ours = Json::parse(found->second.second, nullptr, false);
  Json cells = Json::parse(revision.former, nullptr, false);
  if (!base.is_object() || !ours.is_object() || !cells.is_object()) return revision.former;
  for (auto& [column, cell] : cells.items()) {
    const auto before = base.find(column), after = ours.find(column);
    if (before == base.end() || after == ours.end() || *before != cell) continue;
    cell = *after;
  }
  return dumped(cells);
}

void MergeHistory::add_revisions() {
  const auto base = all(Side::base), ours = all(Side::ours), theirs = all(Side::theirs);
  remove_undone(base, theirs, ours);
  std::int64_t next = 1;
  for (const Revision& revision : ours) next = std::max(next, revision.number + 1);
  auto in_base = counted(base), in_ours = counted(ours);
  std::vector<Revision> added;
  for (const Revision& revision : theirs) {
    const std::string text = text_of(revision);
    if (take_one(in_base, text) || take_one(in_ours, text)) continue;
    Revision one = revision;
    if (one.former.empty()) {
      // What both brought was there already when THEIRS brought it.
      const auto found = both_.find(fmt::format("{}\x1f{}", one.table_name, one.key));
      if (found != both_.end() && found->second.first.empty()) continue;
    } else {
      one.former = rebased(one);
    }
    if (!one.import && one.at.empty()) one.at = now();  // its import is gone
    one.number = next++;
    added.push_back(std::move(one));
  }
  std::set<std::string> kept;  // what was rejected may be what THEIRS changed it from
  const auto state = [](const Revision& one) {
    return fmt::format("{}\x1f{}\x1f{}", one.table_name, one.key, one.former);
  };
  for (const Revision& revision : added) kept.insert(state(revision));
  for (Revision& revision : rejected_) {
    if (!kept.insert(state(revision)).second) continue;
    revision.number = next++;
    added.push_back(std::move(revision));
  }
  edit_.put(std::span<const Revision>(added));
}

// What stood in BASE and no longer does in THEIRS was taken back there.
void MergeHistory::remove_undone(const std::vector<Revision>& base,
                                 const std::vector<Revision>& theirs,
                                 const std::vector<Revision>& ours) {
  auto gone = counted(base);
  for (const Revision& revision : theirs) take_one(gone, text_of(revision));
  SQLite::Statement remove(EditAccess::database(edit_).sqlite(),
                           "DELETE FROM revision WHERE id = ?");
  for (const Revision& revision : ours) {
    if (!take_one(gone, text_of(revision))) continue;
    remove.bind(1, revision.number);
    remove.exec();
    remove.reset();
    EditAccess::touch(edit_);
  }
}

void MergeHistory::prune_imports() {
  if (taken_back_.empty()) return;
  Database& file = EditAccess::database(edit_);
  SQLite::Statement used(file.sqlite(),
                         "SELECT EXISTS (SELECT 1 FROM revision WHERE import_id = ?1) "
                         "OR EXISTS (SELECT 1 FROM target WHERE import_id = ?1) "
                         "OR EXISTS (SELECT 1 FROM project WHERE import_id = ?1) "
                         "OR EXISTS (SELECT 1 FROM milestone WHERE import_id = ?1) "
                         "OR EXISTS (SELECT 1 FROM outlay WHERE import_id = ?1) "
                         "OR EXISTS (SELECT 1 FROM observation WHERE import_id = ?1)");
  SQLite::Statement remove(file.sqlite(), "DELETE FROM import WHERE id = ?");
  const Unchecked unchecked(file);
  for (const std::int64_t number : taken_back_) {
    used.bind(1, number);
    used.executeStep();
    const bool is_used = used.getColumn(0).getInt() != 0;
    used.reset();
    if (is_used) continue;
    remove.bind(1, number);
    remove.exec();
    remove.reset();
    EditAccess::touch(edit_);
  }
}

}  // namespace planfile
