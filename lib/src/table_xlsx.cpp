// A workbook of Excel, by libxlsxwriter: the rows on one sheet, what they mean on another.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "utf8.h"
#include "writers.h"
#include "zip_sizes.h"

namespace planfile {
namespace {

constexpr std::size_t kMostRows = LXW_ROW_MAX - 1;  // below the header
constexpr std::size_t kMostCharacters = 32'767;     // of a cell
constexpr std::size_t kNarrowest = 6, kWidest = 60;
constexpr std::int64_t kExact = 999'999'999'999'999;  // Excel keeps fifteen digits
constexpr time_t kCreated = 946'684'800;  // 2000-01-01; the same rows are the same bytes any day

// A nameless place on the disk: libxlsxwriter writes to a name only.
class TemporaryFile {
 public:
  TemporaryFile() {
    std::string pattern = (std::filesystem::temp_directory_path() / "planfile-XXXXXX").string();
    const int file = ::mkstemp(pattern.data());
    if (file < 0) throw Error(Errc::storage, fmt::format("{}: can't be written", pattern));
    ::close(file);
    path_ = pattern;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct CloseBook {
  // Only a book that was given up is freed here: `finish` closes it.
  void operator()(lxw_workbook* book) const { lxw_workbook_free(book); }
};

// What XML and libxlsxwriter can take: UTF-8 without NUL.
std::string storable(const std::string& text) {
  const char* const end = text.data() + text.size();
  if (find_invalid(text.data(), end) == end && text.find('\0') == text.npos) return text;
  std::string shown;
  for (std::string_view rest = text; !rest.empty();) {
    const auto [code, size] = first_glyph(rest);
    if (code <= 0) {
      shown += kReplacement;
    } else {
      shown.append(rest, 0, size);
    }
    rest.remove_prefix(size);
  }
  return shown;
}

// A name that Excel takes for a sheet.
std::string sheet_name(std::string name) {
  constexpr std::size_t kMost = 31;
  std::ranges::replace_if(
      name, [](char c) { return std::string_view("[]:*?/\\'").find(c) != std::string_view::npos; },
      '-');
  while (count_characters(name) > kMost) name.pop_back();
  return name.empty() ? "result" : name;
}

class XlsxWriter : public RowSink {
 public:
  XlsxWriter(std::ostream& out, const WriteOptions& options)
      : out_(out), zh_(options.lang == "zh"), caption_(options.caption) {
    std::string folder = std::filesystem::temp_directory_path().string();
    lxw_workbook_options how{};
    how.constant_memory = LXW_TRUE;
    how.tmpdir = folder.data();
    book_.reset(workbook_new_opt(file_.path().c_str(), &how));
    if (book_ == nullptr) throw Error(Errc::storage, file_.path() + ": can't be written");
    set_properties();
    header_ = workbook_add_format(book_.get());
    format_set_bold(header_);
    format_set_bg_color(header_, 0xDDE6F0);
    format_set_bottom(header_, LXW_BORDER_THIN);
    format_set_align(header_, LXW_ALIGN_VERTICAL_CENTER);
    wrapped_ = workbook_add_format(book_.get());
    format_set_text_wrap(wrapped_);
    format_set_align(wrapped_, LXW_ALIGN_VERTICAL_TOP);
    sheet_ = add_sheet(sheet_name(caption_.name));
  }

  void head(std::span<const std::string> columns) override {
    columns_.assign(columns.begin(), columns.end());
    widths_.assign(columns.size(), kNarrowest);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      write_text(i, columns_[i], header_);
      widen(i, display_width(columns_[i]) + 3);  // beside the filter's button
    }
    worksheet_freeze_panes(sheet_, 1, 0);
  }

  void row(std::span<const Cell> cells) override {
    if (rows_ == kMostRows) {
      throw Error(Errc::refused, fmt::format("a sheet of Excel holds {} rows below its header, and "
                                             "the result has more; use --limit, or csv",
                                             kMostRows));
    }
    ++rows_;
    for (std::size_t i = 0; i < cells.size(); ++i) write_cell(i, cells[i]);
    if (rows_ % 4096 == 0) check_disk();
  }

  void cut(std::size_t rows) override { cut_after_ = rows; }

  void finish() override {
    for (std::size_t i = 0; i < widths_.size(); ++i) {
      const auto at = static_cast<lxw_col_t>(i);
      worksheet_set_column(sheet_, at, at, static_cast<double>(widths_[i]) + 1, nullptr);
    }
    if (!columns_.empty()) {
      worksheet_autofilter(sheet_, 0, 0, static_cast<lxw_row_t>(rows_), last_column());
      const std::string all =
          fmt::format("A1:{}{}", column_letters(columns_.size() - 1), rows_ + 1);
      worksheet_ignore_errors(sheet_, LXW_IGNORE_NUMBER_STORED_AS_TEXT, all.c_str());
    }
    if (!caption_.name.empty() || !caption_.statement.empty()) write_about();
    close();
    copy_out();
  }

 private:
  [[nodiscard]] lxw_col_t last_column() const {
    return static_cast<lxw_col_t>(columns_.size() - 1);
  }

  // Properties of the file, with a fixed day of making.
  void set_properties() {
    std::string title = storable(caption_.name);
    char application[] = "planfile";
    lxw_doc_properties properties{};
    properties.title = title.data();
    properties.author = application;
    properties.created = kCreated;
    workbook_set_properties(book_.get(), &properties);
  }

  lxw_worksheet* add_sheet(const std::string& name) {
    lxw_worksheet* const sheet = workbook_add_worksheet(book_.get(), name.c_str());
    if (sheet == nullptr) throw Error(Errc::storage, "no temporary file for the workbook");
    return sheet;
  }

  static std::string column_letters(std::size_t at) {
    std::string letters;
    for (++at; at > 0; at = (at - 1) / 26) {
      letters.insert(letters.begin(), static_cast<char>('A' + (at - 1) % 26));
    }
    return letters;
  }

  void widen(std::size_t column, std::size_t width) {
    widths_[column] = std::clamp(width, widths_[column], kWidest);
  }

  void write_cell(std::size_t column, const Cell& cell) {
    if (is_null(cell)) return;
    const auto* const integer = std::get_if<std::int64_t>(&cell);
    const bool is_exact = integer == nullptr || (*integer <= kExact && *integer >= -kExact);
    const auto number = is_exact ? number_in(cell) : std::nullopt;
    const std::string text = to_text(cell);
    constexpr std::size_t kSample = 1000;  // rows whose cells say how wide a column is
    if (rows_ <= kSample) widen(column, display_width(text.substr(0, text.find('\n'))));
    if (number) {
      worksheet_write_number(sheet_, static_cast<lxw_row_t>(rows_), static_cast<lxw_col_t>(column),
                             *number, nullptr);
    } else {
      write_text(column, text, nullptr);
    }
  }

  void write_text(std::size_t column, const std::string& text, lxw_format* format) {
    const std::string clean = storable(text);
    if (count_characters(clean) > kMostCharacters) {
      throw Error(Errc::refused,
                  fmt::format("column \"{}\", row {}: {} characters; a cell of Excel holds {}",
                              columns_[column], rows_, count_characters(clean), kMostCharacters));
    }
    worksheet_write_string(sheet_, static_cast<lxw_row_t>(rows_), static_cast<lxw_col_t>(column),
                           clean.c_str(), format);
  }

  // One line of the second sheet.
  void tell(const std::string& name, const std::string& text) {
    std::string shown = storable(text);
    if (count_characters(shown) > kMostCharacters) {
      shown = shortened(shown, kMostCharacters / 2, Ambiguous::narrow);
    }
    worksheet_write_string(about_, told_, 0, storable(name).c_str(), nullptr);
    worksheet_write_string(about_, told_, 1, shown.c_str(), wrapped_);
    ++told_;
  }

  void tell_heading(const char* zh, const char* en) {
    worksheet_write_string(about_, ++told_, 0, zh_ ? zh : en, header_);
    worksheet_write_string(about_, told_++, 1, "", header_);
  }

  void write_about() {
    about_ = add_sheet(sheet_name(caption_.name) == "about" ? "about this" : "about");
    worksheet_set_column(about_, 0, 0, 24, nullptr);
    worksheet_set_column(about_, 1, 1, 100, nullptr);
    if (!caption_.name.empty()) tell(zh_ ? "查询" : "query", caption_.name);
    if (!caption_.about_zh.empty()) tell("说明", caption_.about_zh);
    if (!caption_.about.empty()) tell("about", caption_.about);
    if (!caption_.statement.empty()) tell("SQL", caption_.statement);
    if (cut_after_) tell(zh_ ? "行数" : "rows", cut_note(*cut_after_, zh_ ? "zh" : "en"));
    if (!caption_.parameters.empty()) tell_heading("参数", "parameters");
    for (const auto& [name, value] : caption_.parameters) tell(name, value);
    if (!caption_.notes.empty()) tell_heading("各列", "columns");
    for (const std::string& column : columns_) {
      const auto note = caption_.notes.find(column);
      if (note == caption_.notes.end()) continue;
      tell(column, zh_ ? note->second.about_zh : note->second.about);
    }
  }

  // libxlsxwriter does not look whether the rows reached the disk.
  void check_disk() {
    std::FILE* const rows = sheet_->optimize_tmpfile;
    if (rows == nullptr || (std::ferror(rows) == 0 && std::fflush(rows) == 0)) return;
    throw Error(Errc::storage, fmt::format("{}: no room for the workbook",
                                           std::filesystem::temp_directory_path().string()));
  }

  void close() {
    check_disk();
    const long size =
        sheet_->optimize_tmpfile == nullptr ? 0 : std::ftell(sheet_->optimize_tmpfile);
    const lxw_error error = workbook_close(book_.release());
    const bool is_whole =
        error == LXW_NO_ERROR &&
        zip_size(file_.path(), "xl/worksheets/sheet1.xml") >= static_cast<std::uint64_t>(size);
    if (is_whole) return;
    throw Error(Errc::storage,
                fmt::format("the workbook can't be written: {}",
                            error == LXW_NO_ERROR ? "no room on the disk" : lxw_strerror(error)));
  }

  void copy_out() {
    std::ifstream in(file_.path(), std::ios::binary);
    out_ << in.rdbuf();
  }

  std::ostream& out_;
  bool zh_;
  Caption caption_;
  TemporaryFile file_;
  std::unique_ptr<lxw_workbook, CloseBook> book_;
  lxw_worksheet* sheet_ = nullptr;
  lxw_worksheet* about_ = nullptr;
  lxw_row_t told_ = 0;  // lines of `about_`
  lxw_format* header_ = nullptr;
  lxw_format* wrapped_ = nullptr;
  std::vector<std::string> columns_;
  std::vector<std::size_t> widths_;
  std::size_t rows_ = 0;
  std::optional<std::size_t> cut_after_;
};

}  // namespace

std::unique_ptr<RowSink> make_xlsx_writer(std::ostream& out, const WriteOptions& options) {
  return std::make_unique<XlsxWriter>(out, options);
}

}  // namespace planfile
