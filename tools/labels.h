// What people read in the place of names of columns and of codes.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "planfile/codes.h"
#include "planfile/query.h"

namespace planfile {

// The file's own words: its dictionary and code lists.
class Labels {
 public:
  // Reads them. Errors as Reader::run.
  explicit Labels(Reader& reader);

  // What the dictionary says of a column that a query passes on as a public view has it; nullptr
  // when none has such a column.
  [[nodiscard]] const ColumnNote* note(const std::string& column) const;

  // The Chinese title of a column of the query's result: the beginning of the query's own note, up
  // to the first mark, where that is short, else the dictionary's title, else the column's name.
  [[nodiscard]] std::string heading(const Query& query, const std::string& column) const;

  [[nodiscard]] const CodeNames& codes() const { return codes_; }

 private:
  std::map<std::string, ColumnNote> notes_;    // of columns of the public views
  std::map<std::string, std::string> titles_;  // of all columns
  CodeNames codes_;
};

// Passes a query's rows on with Chinese headings, and with Chinese names for codes.
class Labelled : public RowSink {
 public:
  // What is given has to outlive it.
  Labelled(RowSink& to, const Labels& labels, const Query& query)
      : to_(to), labels_(labels), query_(query) {}
  void head(std::span<const std::string> columns) override;
  void row(std::span<const Cell> cells) override;
  [[nodiscard]] bool is_full() const override { return to_.is_full(); }
  void cut(std::size_t rows) override { to_.cut(rows); }
  void finish() override { to_.finish(); }

 private:
  RowSink& to_;
  const Labels& labels_;
  const Query& query_;
  std::vector<std::string> columns_;
};

}  // namespace planfile
