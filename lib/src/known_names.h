// Whether a name is known at all: a quick look for inference. What it stands for says `resolve`.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_set>

#include "planfile/model.h"

namespace planfile {

class KnownNames {
 public:
  // `known` must outlive it.
  explicit KnownNames(const Catalogue& known) : known_(known) {}

  // Typography, brackets around a unit at the end and, of regions, 省, 市, 区, 县 are forgiven.
  [[nodiscard]] bool has(std::string_view table, std::string_view name) const;

  // The unit in brackets at the end of a name, and what stands before it. A unit is one that is
  // known, with or without a multiplier.
  struct Parts {
    std::string_view name, unit;
  };
  [[nodiscard]] Parts split_unit(std::string_view name) const;
  [[nodiscard]] bool is_unit(std::string_view text) const;

  [[nodiscard]] const Catalogue& catalogue() const { return known_; }

 private:
  using Plain = std::unordered_set<std::string>;

  // The names of a table as they are compared, made when first asked for.
  const Plain& plain(std::string_view table) const;

  const Catalogue& known_;
  mutable std::map<std::string, Plain, std::less<>> plain_;  // by table
};

// A name as names are compared: folded, in small letters, without spaces and quotation marks.
std::string plain_name(std::string_view name);

}  // namespace planfile
