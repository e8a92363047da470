// The end of a merge: names that go, or stay because rows refer to them.
#include <fmt/format.h>

#include "merging.h"
#include "store.h"

namespace planfile {

void Merging::note_kept(std::string_view table, std::string_view code, std::string_view by) {
  const Told kind = kind_word(table);
  const bool is_ours = by == "ours";
  result_.notes.push_back(
      {fmt::format("kept: {} \"{}\" was removed in {}, but rows of {} refer to it", kind.en, code,
                   by, is_ours ? "theirs" : "ours"),
       fmt::format("保留：{}已删除{}“{}”，但{}有数据引用它", is_ours ? "我方" : "对方", kind.zh,
                   code, is_ours ? "对方" : "我方")});
}

void Merging::finish() {
  for (auto removal = removals_.rbegin(); removal != removals_.rend(); ++removal) (*removal)();
  remove_names();
  history_.add_revisions();
  history_.prune_imports();
  forget_shipping();
  refuse_two_meanings();
  edit_.commit();
}

// What OURS was shipped as, the result no longer is.
void Merging::forget_shipping() {
  EditAccess::database(edit_).sqlite().exec("DELETE FROM manifest");
  EditAccess::touch(edit_);
}

void Merging::remove_names() {
  Database& file = EditAccess::database(edit_);  // with its summaries up to date
  if (removals_.empty() && doomed_.empty()) return;
  remove_unused();
  keep_referred();
  const Unchecked unchecked(file);
  for (const auto& [table, rows] : doomed_) {
    RowIds ids;
    for (const auto& [code, id] : rows) ids.insert(id);
    SQLite::Statement remove(
        file.sqlite(),
        fmt::format("DELETE FROM \"{}\" WHERE id IN (SELECT value FROM json_each(?1))", table));
    remove.bind(1, as_list(ids));
    remove.exec();
  }
}

// Series and periods that no row is left of.
void Merging::remove_unused() {
  Database& file = EditAccess::database(edit_);
  const Unchecked unchecked(file);
  file.sqlite().exec(
      "DELETE FROM series WHERE NOT EXISTS (SELECT 1 FROM observation AS o WHERE o.series_id = "
      "series.id) AND NOT EXISTS (SELECT 1 FROM target AS t WHERE t.series_id = series.id)");
  file.sqlite().exec(
      "DELETE FROM period WHERE id NOT IN (SELECT period_id FROM observation "
      "UNION SELECT period_id FROM target UNION SELECT base_period_id FROM target WHERE "
      "base_period_id IS NOT NULL UNION SELECT period_id FROM plan UNION SELECT planned_id FROM "
      "milestone WHERE planned_id IS NOT NULL UNION SELECT actual_id FROM milestone WHERE "
      "actual_id IS NOT NULL UNION SELECT period_id FROM outlay)");
  EditAccess::store(edit_).ids().forget();
}

// A name that THEIRS removed stays as long as rows refer to it, and so does what it refers to.
void Merging::keep_referred() {
  SQLite::Database& db = EditAccess::database(edit_).sqlite();
  const auto all = references(db);
  const auto ids_of = [&](const std::string& table) {
    RowIds ids;
    const auto found = doomed_.find(table);
    if (found == doomed_.end()) return ids;
    for (const auto& [code, id] : found->second) ids.insert(id);
    return ids;
  };
  for (bool again = true; std::exchange(again, false);) {
    for (const Reference& reference : all) {
      for (RowIds ids = ids_of(reference.parent); !ids.empty(); ids = ids_of(reference.parent)) {
        const auto held = find_referred(db, reference, ids, ids_of(reference.child));
        if (!held) break;
        doomed_.find(reference.parent)->second.erase(held->code);
        note_kept(reference.parent, held->code, "theirs");
        again = true;
      }
    }
  }
}

// A name that each side alone tells apart may stand for two things once they are together.
void Merging::refuse_two_meanings() const {
  const auto names_of = [](const File& file) { return file.catalogue().names; };
  const auto now = names_of(merged_), in_ours = names_of(ours_), in_theirs = names_of(theirs_);
  const auto is_double = [](const auto& names, const Alias& alias) {
    const auto table = names.find(alias.kind);
    if (table == names.end()) return false;
    const auto found = table->second.find(alias.name);
    return found != table->second.end() && !found->second;
  };
  for (const Alias& alias : merged_.all<Alias>()) {
    if (!is_double(now, alias) || is_double(in_ours, alias) || is_double(in_theirs, alias))
      continue;
    throw Error(
        Errc::refused,
        fmt::format("alias \"{}\" of {} \"{}\" is the name of another {} once the files are "
                    "together; give one of them another name first",
                    alias.name, alias.kind, alias.code, alias.kind));
  }
}

}  // namespace planfile
