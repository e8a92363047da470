// A table for a terminal.
#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "writers.h"

namespace planfile {
namespace {

constexpr std::string_view kGap = "  ";
constexpr std::size_t kNarrowest = 8;  // what folding leaves of a column

// How a column is printed.
struct ColumnForm {
  std::size_t width = 0;
  bool is_numeric = false;
};

// Narrows the widest text columns until a line takes `width`, if that leaves each kNarrowest.
void fit(std::span<ColumnForm> columns, std::size_t width) {
  std::size_t fixed = kGap.size() * (columns.size() - 1);
  std::vector<ColumnForm*> foldable;
  for (ColumnForm& column : columns) {
    if (column.is_numeric) {
      fixed += column.width;
    } else {
      foldable.push_back(&column);
    }
  }
  // From the narrowest on, each takes at most an even share of what room is left.
  std::ranges::stable_sort(foldable, {}, &ColumnForm::width);
  std::size_t room = width > fixed ? width - fixed : 0;
  std::size_t sharers = foldable.size();
  for (ColumnForm* column : foldable) {
    column->width = std::min(column->width, std::max(kNarrowest, room / sharers--));
    room -= std::min(room, column->width);
  }
}

class TextWriter : public HeldRows {
 public:
  TextWriter(std::ostream& out, const WriteOptions& options)
      : out_(out), width_(options.width), ambiguous_(ambiguous_of(options)), lang_(options.lang) {}

 protected:
  void begin(const Table& first) override {
    names_ = clean_names(first.columns, kForTerminal);
    columns_.resize(names_.size());
    const auto numeric = numeric_columns(first);
    for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i].is_numeric = numeric[i];
    widen(names_);
    for (const auto& row : first.rows) widen(clean_cells(row, kForTerminal));
    if (width_ > 0) fit(columns_, width_);
    in_blocks_ = width_ > 0 && line_width() > width_;
    if (in_blocks_) return;
    print_line(names_);
    std::vector<std::string> rule;
    for (const ColumnForm& column : columns_) rule.emplace_back(column.width, '-');
    print_line(rule);
  }

  void line(std::span<const Cell> cells) override {
    ++rows_;
    const auto shown = clean_cells(cells, kForTerminal);
    if (in_blocks_) {
      print_block(shown);
    } else {
      print_line(shown);
    }
  }

  void end(std::optional<std::size_t> cut_after) override {
    // Without a row there is no block to tell the columns.
    if (in_blocks_ && rows_ == 0) {
      for (const std::string& name : names_) out_ << name << '\n';
    }
    if (cut_after) out_ << cut_note(*cut_after, lang_) << '\n';
  }

 private:
  void widen(std::span<const std::string> cells) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      columns_[i].width = std::max(columns_[i].width, width_of(cells[i], ambiguous_));
    }
  }

  [[nodiscard]] std::size_t line_width() const {
    return std::accumulate(
        columns_.begin(), columns_.end(), kGap.size() * (columns_.size() - 1),
        [](std::size_t sum, const ColumnForm& column) { return sum + column.width; });
  }

  void print_line(std::span<const std::string> cells) {
    std::vector<std::vector<std::string_view>> folded(columns_.size());
    std::size_t height = 1;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      folded[i] = columns_[i].is_numeric ? std::vector<std::string_view>{cells[i]}
                                         : wrap(cells[i], columns_[i].width, ambiguous_);
      height = std::max(height, folded[i].size());
    }
    for (std::size_t n = 0; n < height; ++n) {
      std::string text;
      for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (i > 0) text += kGap;
        const std::string_view part = n < folded[i].size() ? folded[i][n] : "";
        text += columns_[i].is_numeric ? right_aligned(part, columns_[i].width, ambiguous_)
                                       : padded(part, columns_[i].width, ambiguous_);
      }
      text.erase(text.find_last_not_of(' ') + 1);
      out_ << text << '\n';
    }
  }

  // The row as lines `name  value`, where columns beside each other have no room.
  void print_block(std::span<const std::string> cells) {
    std::size_t widest = 0;
    for (const std::string& name : names_) widest = std::max(widest, width_of(name, ambiguous_));
    widest = std::min(widest, width_ / 2);
    const std::size_t room = std::max(kNarrowest, width_ - std::min(width_, widest + kGap.size()));
    out_ << fmt::format("{:-<{}}\n", fmt::format("-- {} ", rows_),
                        std::min<std::size_t>(width_, 40));
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].empty()) continue;
      std::string name = padded(shortened(names_[i], widest, ambiguous_), widest, ambiguous_);
      for (const std::string_view part : wrap(cells[i], room, ambiguous_)) {
        out_ << name << kGap << part << '\n';
        name.assign(widest, ' ');
      }
    }
  }

  std::ostream& out_;
  std::size_t width_;
  Ambiguous ambiguous_;
  std::string_view lang_;
  std::vector<std::string> names_;
  std::vector<ColumnForm> columns_;
  bool in_blocks_ = false;
  std::size_t rows_ = 0;
};

}  // namespace

std::unique_ptr<RowSink> make_text_writer(std::ostream& out, const WriteOptions& options) {
  return std::make_unique<TextWriter>(out, options);
}

}  // namespace planfile
