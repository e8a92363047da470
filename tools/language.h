// The language in which commands speak to people: Chinese or English.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "planfile/table.h"

namespace planfile {

// Adds `--lang`; the word is kept in `lang`.
void add_language(CLI::App& command, std::string& lang);

// "zh" or "en": what was asked for, else what the locale of the environment says.
std::string_view language(const std::string& asked);

// Passes on some columns of a result in one language. Where the result has `X_en` or `X_zh` beside
// a column X, the one in that language stands for all of them, once, under the name X; in a row
// that lacks it, the other does. X beside `X_en` is Chinese, beside `X_zh` English. `wanted` are
// columns of the result.
class LanguageChoice : public RowSink {
 public:
  LanguageChoice(RowSink& to, std::span<const std::string> columns,
                 std::span<const std::string> wanted, std::string_view lang);
  void head(std::span<const std::string> columns) override;
  void row(std::span<const Cell> cells) override;
  [[nodiscard]] bool is_full() const override { return to_.is_full(); }
  void cut(std::size_t rows) override { to_.cut(rows); }
  void finish() override { to_.finish(); }

 private:
  struct Place {
    std::string name;
    std::size_t first, second;  // of the whole row; the second stands in where the first is empty
  };

  RowSink& to_;
  std::vector<Place> places_;
};

}  // namespace planfile
