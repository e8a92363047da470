#include "planfile/diff.h"

#include <algorithm>
#include <array>
#include <type_traits>

#include <fmt/format.h>

#include "change_words.h"
#include "compare.h"
#include "edit.h"
#include "key_text.h"

namespace planfile {
namespace {

using Use = std::function<void(const Difference&)>;

bool is_missing(const Figure& figure) { return !figure.value && figure.wording.empty(); }

// What became of a figure.
std::string_view change_of(const Figure& before, const Figure& after, bool is_measured) {
  if (is_missing(before) && !is_missing(after)) return "given";
  if (is_missing(after) && !is_missing(before)) return "withdrawn";
  if (!before.value || !after.value) return "reworded";
  if (*before.value != *after.value) {
    if (is_measured) return "corrected";
    return *after.value > *before.value ? "raised" : "lowered";
  }
  const bool is_same = before.high == after.high && before.comparator == after.comparator;
  return is_same ? "rewritten" : "changed";
}

std::string_view zh_of(std::string_view change) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 15> kWords = {
      {{"added", "新增"},
       {"removed", "删除"},
       {"changed", "修改"},
       {"renamed", "改名"},
       {"given", "补充"},
       {"withdrawn", "撤销"},
       {"reworded", "改写表述"},
       {"rewritten", "改写写法"},
       {"corrected", "更正"},
       {"raised", "上调"},
       {"lowered", "下调"},
       {"met", "完成"},
       {"postponed", "推迟"},
       {"advanced", "提前"},
       {"moved", "转入"}}};
  const auto* found = std::find_if(kWords.begin(), kWords.end(),
                                   [&](const auto& word) { return word.first == change; });
  return found == kWords.end() ? change : found->second;
}

// What a figure is called: the value of a target is the target.
Told noun(std::string_view kind, std::string_view column) {
  if (kind == "target") {
    return column == "value" ? Told{"target", "目标"} : Told{"base of target", "目标基期值"};
  }
  if (kind == "project") return {"investment", "投资额"};
  if (kind == "outlay") {
    return column == "planned" ? Told{"planned outlay", "计划资金"} : Told{"spending", "完成资金"};
  }
  return {"value", "数据"};
}

// What is compared within the pieces of one kind.
template <class Fact>
class Telling {
 public:
  Telling(const Vocabulary& words, const Use& use) : words_(words), use_(use) {
    count_.kind = table_of<Fact>;
  }

  void tell(const std::optional<Fact>& before, const std::optional<Fact>& after) {
    if (!before) {
      ++count_.added;
      tell_whole(*after, "added");
    } else if (!after) {
      ++count_.removed;
      tell_whole(*before, "removed");
    } else {
      ++count_.changed;
      each_column<Fact>([&](const auto& column) {
        if (column.name == "import" || (*before).*column.member == (*after).*column.member) return;
        tell_column(column, *before, *after);
      });
    }
  }

  [[nodiscard]] const DifferenceCount& count() const { return count_; }

 private:
  Difference made(const Fact& fact, std::string_view change) const {
    Difference one;
    one.kind = table_of<Fact>;
    one.key = key_text(fact);
    one.change = change;
    return one;
  }

  void tell_whole(const Fact& fact, std::string_view change) const {
    Difference one = made(fact, change);
    Told value;
    if constexpr (requires { fact.value; }) {
      const std::string text = with_unit(fact, fact.value, shown(fact.value));
      if (!text.empty()) value = {": " + text, "：" + text};
      (change == "added" ? one.after : one.before) = cell_text(fact.value);
    }
    const Told kind = kind_word(one.kind), about = subject(fact, words_);
    one.text = fmt::format("{} {}: {}{}", kind.en, change, about.en, value.en);
    one.text_zh = fmt::format("{}{}：{}{}", zh_of(change), kind.zh, about.zh, value.zh);
    use_(one);
  }

  template <class Column>
  void tell_column(const Column& column, const Fact& before, const Fact& after) const {
    Difference one = made(after, "changed");
    one.column = column.name;
    one.before = cell_text(before.*column.member);
    one.after = cell_text(after.*column.member);
    using Value = std::remove_cvref_t<decltype(before.*column.member)>;
    if constexpr (std::is_same_v<Value, Figure>) {
      tell_figure(one, before, before.*column.member, after, after.*column.member);
    } else if constexpr (std::is_same_v<Value, std::optional<Period>>) {
      tell_date(one, before.*column.member, after.*column.member, after);
    } else {
      tell_cell(one, after);
    }
    use_(one);
  }

  // The printed text has its unit with it where that is not the indicator's own.
  std::string with_unit(const Fact& fact, const Figure& figure, const std::string& text) const {
    std::string unit = fact.unit.empty() ? own_unit(fact) : fact.unit;
    if (!figure.value || unit.empty() || text.ends_with(unit)) return text;
    if (text.find(unit) != std::string::npos) return text;
    return fmt::format("{} {}", text, unit);
  }
  std::string own_unit(const Fact& fact) const {
    if constexpr (kHasSeries<Fact>) return words_.unit(fact.indicator, fact.measure);
    return {};
  }

  void tell_figure(Difference& one, const Fact& before, const Figure& was, const Fact& after,
                   const Figure& is) const {
    one.change = change_of(was, is, std::is_same_v<Fact, Observation>);
    const Told what = noun(one.kind, one.column), about = subject(after, words_);
    const auto or_none = [](const std::string& text, std::string_view none) {
      return text.empty() ? std::string(none) : text;
    };
    const bool one_unit = before.unit == after.unit;
    const std::string from = one_unit ? shown(was) : with_unit(before, was, shown(was));
    const std::string to = with_unit(after, is, shown(is));
    const Told by = step(was, is, one_unit && kHasSeries<Fact> ? own_unit(after) : std::string());
    one.text = fmt::format("{} {}: {}: {} → {}{}", what.en, one.change, about.en,
                           or_none(from, "(none)"), or_none(to, "(none)"), by.en);
    one.text_zh = fmt::format("{}{}：{}：{} → {}{}", what.zh, zh_of(one.change), about.zh,
                              or_none(from, "（无）"), or_none(to, "（无）"), by.zh);
  }

  void tell_date(Difference& one, const std::optional<Period>& was, const std::optional<Period>& is,
                 const Fact& after) const {
    const bool of_milestone = std::is_same_v<Fact, Milestone>;
    if (of_milestone && one.column == "actual" && !was) {
      one.change = "met";
      const Told about = subject(after, words_);
      one.text = fmt::format("milestone met: {}: {}", about.en, one.after);
      one.text_zh = fmt::format("节点完成：{}：{}", about.zh, one.after);
    } else if (of_milestone && one.column == "planned" && was && is) {
      const bool later = std::pair(is->ends, is->starts) > std::pair(was->ends, was->starts);
      one.change = later ? "postponed" : "advanced";
      const Told about = subject(after, words_);
      one.text = fmt::format("milestone {}: {}: {} → {}", later ? "put off" : "brought forward",
                             about.en, one.before, one.after);
      one.text_zh =
          fmt::format("节点{}：{}：{} → {}", zh_of(one.change), about.zh, one.before, one.after);
    } else {
      tell_cell(one, after);
    }
  }

  void tell_cell(Difference& one, const Fact& after) const {
    const Told kind = kind_word(one.kind), about = subject(after, words_);
    const Told was = words_.cell(one.kind, one.column, one.before),
               is = words_.cell(one.kind, one.column, one.after);
    if (one.column == "name" || one.column == "title") {
      one.change = "renamed";
      one.text =
          fmt::format("{} renamed: {} → {} ({})", kind.en, one.before, one.after, code(after));
      one.text_zh =
          fmt::format("{}改名：{} → {}（{}）", kind.zh, one.before, one.after, code(after));
    } else if (one.column == "stage" && one.before.empty()) {
      one.change = "moved";
      one.text = fmt::format("project is now in {}: {}", is.en, about.en);
      one.text_zh = fmt::format("项目进入“{}”：{}", is.zh, about.zh);
    } else if (one.column == "stage") {
      one.change = "moved";
      one.text = fmt::format("project moved from {} to {}: {}", was.en, is.en, about.en);
      one.text_zh = fmt::format("项目由“{}”转入“{}”：{}", was.zh, is.zh, about.zh);
    } else if (one.kind == "query") {  // whole programs are not for one line
      one.text = fmt::format("query changed: {}", about.en);
      one.text_zh = fmt::format("查询修改：{}", about.zh);
    } else {
      const Told label = words_.column(one.kind, one.column);
      one.text =
          fmt::format("{} changed: {}: {}: {} → {}", kind.en, about.en, label.en, was.en, is.en);
      one.text_zh =
          fmt::format("{}修改：{}：{}：{} → {}", kind.zh, about.zh, label.zh, was.zh, is.zh);
    }
  }

  static std::string code(const Fact& fact) {
    if constexpr (requires { fact.code; }) return fact.code;
    return {};
  }

  const Vocabulary& words_;
  const Use& use_;
  DifferenceCount count_;
};

// Calls `use` with the fact type of each kind.
template <class Use>
void each_kind(Use&& use) {
  const auto all = [&]<class... Fact>() { (use.template operator()<Fact>(), ...); };
  all.template operator()<Source, Entity, Indicator, Unit, Scope, Alias, Formula, Plan, Target,
                          Observation, Project, Milestone, Outlay, SavedQuery>();
}

void require_same_schema(Database& before, Database& after) {
  const int was = before.schema_version(), is = after.schema_version();
  if (was == is) return;
  throw Error(
      Errc::newer_file,
      fmt::format("{} is of schema {}, {} of schema {}: files of two schemas can't be compared",
                  before.name(), was, after.name(), is));
}

}  // namespace

std::vector<std::string_view> difference_kinds() {
  std::vector<std::string_view> kinds;
  each_kind([&]<class Fact>() { kinds.push_back(table_of<Fact>); });
  return kinds;
}

std::vector<DifferenceCount> diff(const File& before, const File& after,
                                  const std::vector<std::string>& kinds, const Use& use) {
  const std::array files = {&FileAccess::database(before), &FileAccess::database(after)};
  require_same_schema(*files[0], *files[1]);
  return files[0]->guarded([&] {
    const Snapshot whole(*files[0]), other(*files[1]);
    const Vocabulary words(files);
    std::vector<DifferenceCount> counts;
    each_kind([&]<class Fact>() {
      const bool wanted =
          kinds.empty() || std::find(kinds.begin(), kinds.end(), table_of<Fact>) != kinds.end();
      if (!wanted) return;
      Telling<Fact> telling(words, use);
      walk<Fact>(files, [&](Abreast<Fact> rows) { telling.tell(rows[0], rows[1]); });
      const DifferenceCount& count = telling.count();
      if (count.added + count.removed + count.changed > 0) counts.push_back(count);
    });
    return counts;
  });
}

}  // namespace planfile
