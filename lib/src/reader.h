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

// Calls `use(column, index)` for each column of the table.
template <class Fact, class Use>
void each_cell(Use&& use) {
  std::size_t index = 0;
  std::apply([&](const auto&... column) { (use(column, index++), ...); }, columns_of<Fact>);
}

// Reads a row's cells as a fact: references by code, name or alias (`resolve`, which also forgives
// differences of typography, brackets and trailing units); values and periods as printed; words in
// Chinese or English for choices (预期性 is expected, 完成 is met); then settles them (settle.h).
// Each fault is told; without one the fact is whole. A name that is not known is a fault with
// `unknown`. A unit behind the indicator's name (国内生产总值(亿元)) counts where the unit's own
// cell is empty and the values are in the indicator's unit: not for a growth rate.
template <class Fact>
std::optional<Fact> read_fact(const CellsOf<Fact>& cells, const Catalogue& known,
                              const Defaults& defaults, std::vector<Fault>& faults);

// The first half of it: each cell by itself, not settled yet.
template <class Fact>
std::optional<Fact> read_cells(const CellsOf<Fact>& cells, const Catalogue& known,
                               const Defaults& defaults, std::vector<Fault>& faults);

// The code that a text, trimmed and not empty, stands for in a column of codes or choices. Nothing
// where read_fact finds a fault.
template <class Fact>
std::optional<std::string> find_code(std::string_view column, std::string_view text,
                                     const Catalogue& known);

// The natural key of a fact as one text, for finding the same fact twice; `shown` is for messages.
struct FactKey {
  std::string key, shown;
};
template <class Fact>
FactKey key_of(const Fact& fact);

}  // namespace planfile
