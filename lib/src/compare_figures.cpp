#include "compare_figures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <compare>
#include <cstdint>
#include <cstring>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "series_rows.h"

namespace planfile {
namespace {

constexpr std::size_t kMostFiles = 3;

struct SeriesName {
  std::string indicator, entity, scope, measure, among;

  auto operator<=>(const SeriesName&) const = default;
};

// A series' id in each of the files; 0 where it has none.
using SeriesIds = std::array<std::int64_t, kMostFiles>;

std::map<SeriesName, SeriesIds> series_of(std::span<Database* const> files) {
  std::map<SeriesName, SeriesIds> all;
  const auto read = [&](std::size_t at) {
    SQLite::Statement rows(files[at]->sqlite(),
                           "SELECT i.code, e.code, c.code, s.measure, ifnull(a.code, ''), s.id "
                           "FROM series AS s JOIN indicator AS i ON i.id = s.indicator_id "
                           "JOIN entity AS e ON e.id = s.entity_id "
                           "JOIN scope AS c ON c.id = s.scope_id "
                           "LEFT JOIN entity AS a ON a.id = s.among_id");
    while (rows.executeStep()) {
      SeriesName name{rows.getColumn(0).getString(), rows.getColumn(1).getString(),
                      rows.getColumn(2).getString(), rows.getColumn(3).getString(),
                      rows.getColumn(4).getString()};
      all[std::move(name)][at] = rows.getColumn(5).getInt64();
    }
  };
  for (std::size_t at = 0; at < files.size(); ++at) files[at]->guarded([&] { read(at); });
  return all;
}

// Things with a code that have an id of their own in each file, told by their place in one order.
template <class Thing>
class Places {
 public:
  void put(std::size_t file, std::int64_t id, Thing thing) {
    ids_[file].emplace(id, 0);
    raw_[file].emplace_back(id, thing);
    things_.insert(std::move(thing));
  }

  // Once all are put.
  void settle() {
    sorted_.assign(things_.begin(), things_.end());
    for (std::size_t file = 0; file < kMostFiles; ++file) {
      for (const auto& [id, thing] : raw_[file]) {
        const auto at = std::lower_bound(sorted_.begin(), sorted_.end(), thing);
        ids_[file][id] = static_cast<std::uint32_t>(at - sorted_.begin());
      }
    }
  }

  // Rows come in the order of their ids, so the last one asked for often comes again.
  std::uint32_t of(std::size_t file, std::int64_t id) {
    auto& [last_id, last_place] = last_[file];
    if (last_id == id) return last_place;
    const auto found = ids_[file].find(id);
    if (found == ids_[file].end()) {
      throw Error(Errc::not_a_plan_file, "damaged: an observation refers to a row that is gone");
    }
    last_[file] = {id, found->second};
    return found->second;
  }

  const Thing& operator[](std::uint32_t place) const { return sorted_[place]; }

 private:
  std::array<std::unordered_map<std::int64_t, std::uint32_t>, kMostFiles> ids_;
  std::array<std::vector<std::pair<std::int64_t, Thing>>, kMostFiles> raw_;
  std::array<std::pair<std::int64_t, std::uint32_t>, kMostFiles> last_{
      {{INT64_MIN, 0}, {INT64_MIN, 0}, {INT64_MIN, 0}}};
  std::set<Thing> things_;
  std::vector<Thing> sorted_;
};

Period sound_period(const std::string& code) {
  const auto read = parse_period(code);
  if (!read) throw Error(Errc::not_a_plan_file, "damaged: period: " + read.reason);
  return *read;
}

// One observation, packed: its content is `content_size` bytes of the series' text.
struct PackedRow {
  std::uint32_t period = 0, source = 0;
  std::size_t locator = 0, locator_size = 0, content = 0, content_size = 0;
  std::optional<std::int64_t> import;
};

// The rows of one series of one file, in the order of period, source and locator.
class SeriesOf {
 public:
  SeriesOf(Database& database, std::size_t file, Places<Period>& periods,
           Places<std::string>& sources)
      : rows_(database), file_(file), periods_(periods), sources_(sources) {}

  void read(std::int64_t series) {
    packed_.clear();
    text_.clear();
    at_ = 0;
    if (series == 0) return;
    rows_.open(series);
    bool in_order = true;
    while (rows_.next()) {
      pack(rows_.row());
      const std::size_t count = packed_.size();
      if (count > 1) in_order = in_order && compare(packed_[count - 2], packed_[count - 1]) < 0;
    }
    rows_.close();
    if (in_order) return;
    std::sort(packed_.begin(), packed_.end(),
              [this](const PackedRow& a, const PackedRow& b) { return compare(a, b) < 0; });
  }

  [[nodiscard]] bool at_end() const { return at_ == packed_.size(); }
  [[nodiscard]] const PackedRow& row() const { return packed_[at_]; }
  void advance() { ++at_; }

  [[nodiscard]] auto key() const {
    return std::tuple(row().period, row().source,
                      std::string_view(text_).substr(row().locator, row().locator_size));
  }
  [[nodiscard]] std::string_view content() const {
    return std::string_view(text_).substr(row().content, row().content_size);
  }

  [[nodiscard]] Observation fact(const SeriesName& name) const;

 private:
  [[nodiscard]] std::string_view locator(const PackedRow& row) const {
    return std::string_view(text_).substr(row.locator, row.locator_size);
  }
  [[nodiscard]] int compare(const PackedRow& a, const PackedRow& b) const {
    if (a.period != b.period) return a.period < b.period ? -1 : 1;
    if (a.source != b.source) return a.source < b.source ? -1 : 1;
    return locator(a).compare(locator(b));
  }

  void pack(const SeriesRow& row) {
    PackedRow packed;
    packed.period = periods_.of(file_, row.period);
    packed.source = sources_.of(file_, row.source);
    packed.import = row.import;
    packed.locator = text_.size();
    packed.locator_size = row.locator.size();
    text_ += row.locator;
    packed.content = text_.size();
    put(row.value);
    put(row.high);
    for (const auto part : {row.comparator, row.status, row.printed, row.printed_unit, row.note}) {
      put(part.size());
      text_ += part;
    }
    packed.content_size = text_.size() - packed.content;
    packed_.push_back(packed);
  }

  void put(double number) {
    const double plain = number == 0 ? 0.0 : number;  // not -0, which is the same number
    append(&plain, sizeof plain);
  }
  void put(std::size_t size) { append(&size, sizeof size); }
  void append(const void* bytes, std::size_t size) {
    const std::size_t end = text_.size();
    text_.resize(end + size);
    std::memcpy(text_.data() + end, bytes, size);
  }

  SeriesRows rows_;
  std::size_t file_;
  Places<Period>& periods_;
  Places<std::string>& sources_;
  std::vector<PackedRow> packed_;
  std::string text_;
  std::size_t at_ = 0;
};

// Takes apart what SeriesOf::pack put together.
class Unpacking {
 public:
  explicit Unpacking(std::string_view content) : rest_(content) {}

  std::optional<double> number() {
    const auto value = take<double>();
    return std::isnan(value) ? std::nullopt : std::optional(value);
  }
  std::string text() {
    const auto size = take<std::size_t>();
    std::string part(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return part;
  }

 private:
  template <class Value>
  Value take() {
    Value value{};
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
    return value;
  }
  std::string_view rest_;
};

Observation SeriesOf::fact(const SeriesName& name) const {
  Observation fact;
  fact.indicator = name.indicator;
  fact.entity = name.entity;
  fact.scope = name.scope;
  fact.measure = name.measure;
  fact.among = name.among;
  fact.period = periods_[row().period];
  fact.source = sources_[row().source];
  fact.locator = locator(row());
  fact.import = row().import;
  Unpacking content(this->content());
  fact.value.value = content.number();
  fact.value.high = content.number();
  const auto comparator = parse_comparator(content.text());
  if (!comparator) {
    throw Error(Errc::not_a_plan_file, "damaged: observation: " + comparator.reason);
  }
  fact.value.comparator = *comparator;
  fact.status = content.text();
  fact.value.printed = content.text();
  fact.unit = content.text();
  fact.note = content.text();
  return fact;
}

class FigureWalk {
 public:
  FigureWalk(std::span<Database* const> files, const std::function<void(Abreast<Observation>)>& use)
      : files_(files), use_(use), facts_(files.size()) {
    for (std::size_t at = 0; at < files.size(); ++at) {
      files[at]->guarded([&] { learn(at); });
    }
    periods_.settle();
    sources_.settle();
    for (std::size_t at = 0; at < files.size(); ++at) {
      sides_.emplace_back(*files[at], at, periods_, sources_);
    }
  }

  void run() {
    for (const auto& [name, ids] : series_of(files_)) {
      for (std::size_t at = 0; at < sides_.size(); ++at) sides_[at].read(ids[at]);
      while (next(name)) continue;
    }
  }

 private:
  void learn(std::size_t at) {
    SQLite::Statement periods(files_[at]->sqlite(), "SELECT id, code FROM period");
    while (periods.executeStep()) {
      periods_.put(at, periods.getColumn(0).getInt64(),
                   sound_period(periods.getColumn(1).getString()));
    }
    SQLite::Statement sources(files_[at]->sqlite(), "SELECT id, code FROM source");
    while (sources.executeStep()) {
      sources_.put(at, sources.getColumn(0).getInt64(), sources.getColumn(1).getString());
    }
  }

  // Takes the rows of the smallest key; false when there are none left.
  bool next(const SeriesName& name) {
    const SeriesOf* first = nullptr;
    for (const SeriesOf& side : sides_) {
      if (!side.at_end() && (first == nullptr || side.key() < first->key())) first = &side;
    }
    if (first == nullptr) return false;
    const auto key = first->key();
    std::array<bool, kMostFiles> has{};
    bool all_same = true;
    for (std::size_t at = 0; at < sides_.size(); ++at) {
      has[at] = !sides_[at].at_end() && sides_[at].key() == key;
      all_same = all_same && has[at] && sides_[at].content() == first->content();
    }
    if (!all_same) tell(name, has);
    for (std::size_t at = 0; at < sides_.size(); ++at) {
      if (has[at]) sides_[at].advance();
    }
    return true;
  }

  void tell(const SeriesName& name, const std::array<bool, kMostFiles>& has) {
    for (std::size_t at = 0; at < sides_.size(); ++at) {
      facts_[at] = has[at] ? std::optional(sides_[at].fact(name)) : std::nullopt;
    }
    use_(facts_);
  }

  std::span<Database* const> files_;
  const std::function<void(Abreast<Observation>)>& use_;
  Places<Period> periods_;
  Places<std::string> sources_;
  std::vector<SeriesOf> sides_;
  std::vector<std::optional<Observation>> facts_;
};

}  // namespace

void walk_figures(std::span<Database* const> files,
                  const std::function<void(Abreast<Observation>)>& use) {
  FigureWalk(files, use).run();
}

}  // namespace planfile
