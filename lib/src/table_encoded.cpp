// A text format in another encoding than UTF-8.
#include <sstream>
#include <vector>

#include <fmt/format.h>

#include "encoder.h"
#include "planfile/encoding.h"
#include "utf8.h"
#include "writers.h"

namespace planfile {
namespace {

class EncodedWriter : public RowSink {
 public:
  EncodedWriter(Format format, std::ostream& out, const std::string& name,
                const WriteOptions& options)
      : out_(out), name_(name), encoder_(name), writer_(make_utf8_writer(format, utf8_, options)) {}

  void head(std::span<const std::string> columns) override {
    columns_.assign(columns.begin(), columns.end());
    for (const std::string& name : columns_) need(name, name, "its name");
    writer_->head(columns);
    pass_on();
  }

  void row(std::span<const Cell> cells) override {
    ++rows_;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto* text = std::get_if<std::string>(&cells[i]);
      if (text != nullptr) need(*text, columns_[i], fmt::format("row {}", rows_));
    }
    writer_->row(cells);
    pass_on();
  }

  void cut(std::size_t rows) override { writer_->cut(rows); }

  void finish() override {
    writer_->finish();
    pass_on();
    std::string ending;
    encoder_.finish(ending);
    out_ << ending;
  }

 private:
  // Refuses a text of which a character would be lost.
  void need(const std::string& text, const std::string& column, const std::string& place) {
    const char* const end = text.data() + text.size();
    if (skip_ascii(text.data(), end) == end) return;
    if (find_invalid(text.data(), end) != end) {
      throw Error(Errc::refused, fmt::format("column \"{}\", {}: not UTF-8, so it can't be written "
                                             "in {}",
                                             column, place, name_));
    }
    const std::string missing = encoder_.missing_from(text);
    if (missing.empty()) return;
    throw Error(Errc::refused,
                fmt::format("column \"{}\", {}: {} has no {}", column, place, name_, missing));
  }

  void pass_on() {
    std::string converted;
    const std::string missing = encoder_.append(utf8_.view(), converted);
    if (!missing.empty()) throw Error(Errc::refused, fmt::format("{} has no {}", name_, missing));
    out_ << converted;
    utf8_.str({});
  }

  std::ostream& out_;
  std::string name_;
  Encoder encoder_;
  std::ostringstream utf8_;
  std::unique_ptr<RowSink> writer_;
  std::vector<std::string> columns_;
  std::size_t rows_ = 0;
};

}  // namespace

std::unique_ptr<RowSink> make_encoded_writer(Format format, std::ostream& out,
                                             WriteOptions options) {
  const bool has_choice = format == Format::csv || format == Format::tsv ||
                          format == Format::table || format == Format::md;
  const auto name = encoding_named(options.encoding);
  if (!name) throw Error(Errc::usage, name.reason);
  options.encoding = *name;
  if (*name == "UTF-8") return make_utf8_writer(format, out, options);
  if (!has_choice) {
    throw Error(Errc::usage, fmt::format("{} is always UTF-8; csv, tsv, table and md can be in {}",
                                         to_text(format), *name));
  }
  return std::make_unique<EncodedWriter>(format, out, *name, options);
}

}  // namespace planfile
