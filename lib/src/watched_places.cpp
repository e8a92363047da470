#include <fmt/format.h>

#include "planfile/model.h"
#include "watched.h"

namespace planfile {
namespace {

class WatchedPlaces : public Watched {
 public:
  explicit WatchedPlaces(Recording& recording) : recording_(recording) {}

  std::size_t key_size() const override { return 1; }
  void leaving(Key) override {}
  void removed(Key key) override { gone.insert(sqlite3_value_int64(key[0])); }
  void changed(Key, Key) override {}
  void added(Key key) override {
    const std::int64_t id = sqlite3_value_int64(key[0]);
    if (gone.contains(id)) refuse_row(name(), std::to_string(id), "one can't take another's place");
    confirm(id);
  }
  void finish() override { drop(); }
  void drop() override { gone.clear(); }

 protected:
  virtual std::string_view name() const = 0;
  virtual void confirm(std::int64_t id) = 0;

  Recording& recording_;
};

class WatchedPeriods : public WatchedPlaces {
  using WatchedPlaces::WatchedPlaces;

  std::string_view name() const override { return "period"; }
  void confirm(std::int64_t id) override {
    SQLite::Statement row(recording_.database.sqlite(),
                          "SELECT code, kind, starts, ends FROM period WHERE id = ?");
    row.bind(1, id);
    if (!row.executeStep()) return;
    const std::string code = row.getColumn(0).getString();
    const auto period = parse_period(code);
    if (!period) refuse_row(name(), code, period.reason);
    const std::string told = fmt::format("{}, {}, {}, {}", to_text(*period), to_text(kind(*period)),
                                         to_text(period->starts), to_text(period->ends));
    const std::string found =
        fmt::format("{}, {}, {}, {}", code, row.getColumn(1).getString(),
                    row.getColumn(2).getString(), row.getColumn(3).getString());
    if (told != found) {
      refuse_row(name(), code, fmt::format("code, kind, starts and ends have to be {}", told));
    }
  }
};

class WatchedSeries : public WatchedPlaces {
  using WatchedPlaces::WatchedPlaces;

  std::string_view name() const override { return "series"; }
  void confirm(std::int64_t id) override {
    SQLite::Statement row(
        recording_.database.sqlite(),
        "SELECT s.measure, own.code, u.code FROM series AS s "
        "JOIN indicator AS i ON i.id = s.indicator_id JOIN unit AS own ON own.id = i.unit_id "
        "JOIN unit AS u ON u.id = s.unit_id WHERE s.id = ?");
    row.bind(1, id);
    recording_.store.touched().series.insert(id);
    if (!row.executeStep()) return;  // a foreign key will refuse it
    const std::string unit =
        series_unit(row.getColumn(0).getString(), row.getColumn(1).getString());
    if (unit != row.getColumn(2).getString()) {
      refuse_row(
          name(), std::to_string(id),
          fmt::format("unit_id has to be that of \"{}\", in which the {} of its indicator is", unit,
                      row.getColumn(0).getString()));
    }
  }
};

}  // namespace

std::unique_ptr<Watched> watched_periods(Recording& recording) {
  return std::make_unique<WatchedPeriods>(recording);
}

std::unique_ptr<Watched> watched_series(Recording& recording) {
  return std::make_unique<WatchedSeries>(recording);
}

}  // namespace planfile
