// The writers behind make_writer, a source each, and what they share.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "display.h"
#include "planfile/table.h"

namespace planfile {

std::unique_ptr<RowSink> make_text_writer(std::ostream& out, const WriteOptions& options);
std::unique_ptr<RowSink> make_csv_writer(std::ostream& out, const WriteOptions& options,
                                         char delimiter);
std::unique_ptr<RowSink> make_json_writer(std::ostream& out);
std::unique_ptr<RowSink> make_ndjson_writer(std::ostream& out);
std::unique_ptr<RowSink> make_markdown_writer(std::ostream& out, const WriteOptions& options);

std::unique_ptr<RowSink> make_html_writer(std::ostream& out, const WriteOptions& options);
std::unique_ptr<RowSink> make_xlsx_writer(std::ostream& out, const WriteOptions& options);
std::unique_ptr<RowSink> make_chart_writer(std::ostream& out, const WriteOptions& options);
std::unique_ptr<RowSink> make_svg_writer(std::ostream& out, const WriteOptions& options);

// The writer of any format.
std::unique_ptr<RowSink> make_utf8_writer(Format format, std::ostream& out,
                                          const WriteOptions& options);

// Converts what the writer above writes into options.encoding.
std::unique_ptr<RowSink> make_encoded_writer(Format format, std::ostream& out,
                                             WriteOptions options);

// NaN counts as NULL, as in SQLite.
bool is_null(const Cell& cell);

// The finite number in a cell; nothing for text, NULL and infinity.
std::optional<double> number_in(const Cell& cell);

Ambiguous ambiguous_of(const WriteOptions& options);

// `... cut after 3 rows`, or that in Chinese.
std::string cut_note(std::size_t rows, std::string_view lang);

// What stands before the first full stop of a documentation.
std::string first_sentence(std::string_view about);

// The cells or names as a format's lines show them.
std::vector<std::string> clean_cells(std::span<const Cell> cells, const LineStyle& style);
std::vector<std::string> clean_names(std::span<const std::string> names, const LineStyle& style);

// By column: whether it holds numbers and nothing else but NULL.
std::vector<bool> numeric_columns(const Table& table);

// Holds rows back until it is known how their columns are best printed: to the end, or until they
// come to a million cells. A result without columns prints nothing.
class HeldRows : public RowSink {
 public:
  void head(std::span<const std::string> columns) override;
  void row(std::span<const Cell> cells) override;
  void cut(std::size_t rows) override;
  void finish() override;

 protected:
  // Opens the output; `first` are the columns and the rows held back.
  virtual void begin(const Table& first) = 0;
  virtual void line(std::span<const Cell> cells) = 0;
  // Closes it. `cut_after` is the number of rows where some were left out.
  virtual void end(std::optional<std::size_t> cut_after) = 0;

 private:
  void release();

  Table held_;
  bool begun_ = false;
  std::optional<std::size_t> cut_after_;
};

}  // namespace planfile
