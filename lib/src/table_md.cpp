#include <fmt/format.h>

#include "writers.h"

namespace planfile {
namespace {

class MarkdownWriter : public HeldRows {
 public:
  MarkdownWriter(std::ostream& out, std::string_view lang) : out_(out), lang_(lang) {}

 protected:
  void begin(const Table& first) override {
    print(clean_names(first.columns, kForMarkdown));
    std::vector<std::string> rule;
    for (const bool numeric : numeric_columns(first)) rule.emplace_back(numeric ? "---:" : "---");
    print(rule);
  }

  void line(std::span<const Cell> cells) override { print(clean_cells(cells, kForMarkdown)); }

  // A blank line ends the table.
  void end(std::optional<std::size_t> cut_after) override {
    if (cut_after) out_ << '\n' << cut_note(*cut_after, lang_) << '\n';
  }

 private:
  void print(const std::vector<std::string>& cells) {
    out_ << fmt::format("| {} |\n", fmt::join(cells, " | "));
  }

  std::ostream& out_;
  std::string_view lang_;
};

}  // namespace

std::unique_ptr<RowSink> make_markdown_writer(std::ostream& out, const WriteOptions& options) {
  return std::make_unique<MarkdownWriter>(out, options.lang);
}

}  // namespace planfile
