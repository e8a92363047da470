#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "planfile/model.h"
#include "planfile/value.h"

struct sqlite3;

namespace planfile {

// The units that the functions of one connection know, with their aliases: those of its table
// `unit` or, where it has none, those of a new plan file.
class Units {
 public:
  explicit Units(sqlite3* connection) : connection_(connection) {}
  Units(const Units&) = delete;
  Units& operator=(const Units&) = delete;

  // Looks whether the table has changed; called by each statement before it asks for units. Within
  // a transaction, which may be taken back unseen, it reads the table again.
  void refresh();

  // What they give points into the table: it holds until the next refresh().
  [[nodiscard]] std::optional<UnitText> seek(std::string_view text) const;
  // Errc::usage, with the nearest names, when there is no such unit.
  [[nodiscard]] UnitText find(std::string_view text) const;

  // The number of a figure, or the high end of a range, told in `wanted`. What stands behind it is
  // its unit, or a multiplier of `given`, in which a bare number is too. Nothing when it has no
  // number, a unit that is not known, or one that does not convert.
  [[nodiscard]] std::optional<Figure> told_in(const Figure& figure, const UnitText& given,
                                              const UnitText& wanted) const;

 private:
  struct State {
    std::uint32_t version = 0;  // of the main database file
    int changes = 0;            // that the connection made
    bool operator==(const State&) const = default;
  };

  [[nodiscard]] const Catalogue& known() const { return has_own_ ? known_ : *built_in_; }
  [[nodiscard]] State state() const;
  void load();

  sqlite3* connection_;
  std::optional<State> loaded_;
  bool loading_ = false;
  Catalogue known_;
  std::optional<Catalogue> built_in_;
  bool has_own_ = false;  // a table `unit`
};

}  // namespace planfile
