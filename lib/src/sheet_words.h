// What rows beside the data of a table look like: titles, notes, totals.
#pragma once

#include <string>
#include <string_view>

namespace planfile {

// 注：…, 资料来源：…, Source: …
bool is_note_text(std::string_view cell);

// 单位：亿元, 数据库：…, Data Source; what stands above a header rather than in it.
bool is_title_text(std::string_view cell);

// 合计, 总　计, Total
bool is_total_text(std::string_view cell);

// Digits, signs and marks alone: what stands in data and not in a header. A period is none, nor is
// a region's code of six digits.
bool is_number_text(std::string_view cell);

// A unit or a word for a kind of figure, as the lowest row of a header has them: 亿元, （%）,
// 绝对值.
bool is_unit_text(std::string_view cell);

// The unit that a title names: 亿元 of `单位：亿元、%`; empty when it names none, or several.
std::string unit_of_title(std::string_view title);

}  // namespace planfile
