#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "planfile/error.h"
#include "planfile/model.h"

namespace planfile {

// Where one column of a fact takes its text from, row by row.
struct Origin {
  enum class From {
    column,  // the cell of the named column of the CSV
    text,    // the same text for every row
    cell,    // the cell of the column spread over
    title,   // what the titles above the header say: of each file anew, as next month's differ
    above,   // as `column`; an empty cell repeats the one above it, as merged cells leave them
    code,    // the head of the cell, up to `: `, as SDMX writes `A: Annual`
  };
  From from = From::column;
  std::string text;  // the column's name, or the text; empty for `cell` and `title`

  bool operator==(const Origin&) const = default;
};

// One column of a CSV that a rule is spread over, and what its header says of the facts in it:
// `2023年/同比增长(%)` says period 2023, measure yoy, unit %. A period without its year (`1-8月`,
// `本月`, `上年同期`) is completed by the rule's `year`, or else by the titles.
struct Spread {
  std::string column;
  std::map<std::string, std::string, std::less<>> says;  // text by column of the fact

  bool operator==(const Spread&) const = default;
};

// How a row becomes facts of one table: one fact, or one for each column spread over. A fact whose
// value's cell is empty where other cells of the row have values is none.
struct Rule {
  std::string table;  // "observation", "target", "project", ...
  // By column of the fact. Two more stand beside them: `unit_mult` is SDMX's, the power of ten that
  // the row's figures are multiplied by; `year` completes a period that names none, as in columns
  // 年份 and 月份.
  std::map<std::string, Origin, std::less<>> columns;
  std::vector<Spread> spread;  // what it says overrules `columns`
  // Instead of naming them: spread over every column whose header reads as a "period", "entity" or
  // "indicator" and which no rule names; so next month's file brings its new column along.
  std::string spread_over;
  // What overrules the rest where the value's cell is in square brackets: plan tables print
  // `[13.5]` for the sum of the plan's years. Empty: such a cell is no figure.
  std::map<std::string, Origin, std::less<>> bracketed;

  bool operator==(const Rule&) const = default;
};

// How to read a CSV: its text, where its table lies, and what its columns mean. Its JSON form is
// what `--dry-run --format json` prints and `--map` reads.
struct Mapping {
  std::string encoding;         // empty: find out
  char delimiter = '\0';        // NUL: find out
  std::size_t header_line = 0;  // of the header's first row, 1-based; 0: find out
  std::size_t header_rows = 1;  // counts only where `header_line` is told
  std::vector<Rule> rules;
  bool skip_totals = false;  // pass over rows named 合计, 总计, 小计, Total

  bool operator==(const Mapping&) const = default;
};

// The mapping in JSON, indented, keys in the order of the struct, without what is empty; ends with
// a line end.
std::string to_json(const Mapping& mapping);

// Reads it back. The reason names line or key: not JSON, an unknown key (with the nearest), a table
// or column that there is none of, a delimiter of several characters.
Parsed<Mapping> parse_mapping(std::string_view json);

// A row of text, as the sheet has it.
struct SheetRow {
  std::size_t line = 1;
  std::vector<std::string> cells;
};

// How a table lies in its text.
struct Sheet {
  std::vector<std::string> titles;  // what stands above the header, a line each
  std::size_t header_line = 1;      // 0: there is no header
  std::size_t header_rows = 1;
  std::size_t first_row = 1;         // line of the first row of data
  std::vector<std::string> columns;  // names: of a header of two rows joined by '/', a merged upper
                                     // cell carried to the right; `#3` where empty; `名称#2` where
                                     // a name repeats; with the blank around them trimmed
  std::string unit;  // that the titles tell: `单位：亿元`; empty when none
};

// The delimiter of a text (comma, semicolon, tab or bar) by its first lines: the one by which most
// rows come out alike. A comma when none does.
char find_delimiter(std::string_view head);

// Finds title rows, header and first row of data among a text's first rows (some hundred are
// enough). A fault when nothing looks like a table: `empty: not even a header`, `no header found`,
// more columns than a spreadsheet has (16384).
Parsed<Sheet> find_sheet(const std::vector<SheetRow>& head);

// The same, where the header is known to stand. A fault when no row begins on that line.
Parsed<Sheet> sheet_at(const std::vector<SheetRow>& head, std::size_t header_line,
                       std::size_t header_rows);

// What a row below the header is.
enum class RowKind {
  data,
  note,    // 注：…, 资料来源：…, Source: …, alone in its row
  total,   // 合计, 总计, 小计, Total in its first named cell
  header,  // the header once more, as page breaks bring it
};
RowKind kind_of(std::span<const std::string_view> cells, const Sheet& sheet);

// What was understood of a CSV, and what not.
struct Inference {
  Mapping mapping;
  // By column of the CSV: what it was taken for, in few words ("indicator", "value of 2023, yoy",
  // "passed over: no meaning found").
  std::vector<std::string> meanings;
  // Why it can't go in as it is: two readings that are equally good, a column that is needed and
  // missing. Each says what to do (`--map`, `--source`, ...).
  std::vector<Issue> faults;
};

// What a table is asked to be understood as.
struct Wish {
  std::string table;                          // "observation", "target", ...; empty: find out
  bool has_source = false, has_plan = false;  // told by the user for all rows
  std::vector<std::string> said;  // further columns of the fact that the user tells for all rows
  // Code of the plan that the user tells: its entity and years complete a table that names none.
  std::string plan = {};
};

// Infers how the columns of `sheet` make facts, from their names and the first rows of data: tidy
// rows; periods, entities or indicators across the columns; the plan table (指标, 单位,
// 2020年预计值, 2025年, 属性: observation and target); the result table (目标值, 完成值,
// 完成情况); lists of projects; SDMX-CSV 1.0 and 2.x. Names are known from `known`; an unknown name
// is no fault here. `data` are the rows below the header as they come, notes and totals among them.
// The mapping leaves open what the wish tells, encoding, delimiter and the header's place.
Inference infer(const Sheet& sheet, const std::vector<SheetRow>& data, const Catalogue& known,
                const Wish& wish);

}  // namespace planfile
