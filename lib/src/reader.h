// Reads the cells of one row as a fact of any table. Follows layout.h.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "layout.h"
#include "settle.h"

namespace planfile {

template <class Fact>
inline constexpr std::size_t kColumnCount =
    std::tuple_size_v<std::remove_cvref_t<decltype(columns_of<Fact>)>>;

// The cells of one row in the order of columns_of<Fact>; a view without data where nothing says it.
template <class Fact>
using CellsOf = std::array<std::string_view, kColumnCount<Fact>>;

// Reads a row's cells as a fact: references by code, name or alias (`resolve`, which also forgives
// differences of typography, brackets and trailing units); values and periods as printed; words in
// Chinese or English for choices (预期性 is expected, 完成 is met); then settles them (settle.h). Each
// fault is told; without one the fact is whole. A name that is not known is a fault with `unknown`.
template <class Fact>
std::optional<Fact> read_fact(const CellsOf<Fact>& cells, const Catalogue& known,
                              const Defaults& defaults, std::vector<Fault>& faults);

// The natural key of a fact as one text, for finding the same fact twice; `shown` is for messages.
struct FactKey {
  std::string key, shown;
};
template <class Fact>
FactKey key_of(const Fact& fact);

}  // namespace planfile
