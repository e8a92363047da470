// What `describe` prints: results of saved queries, each under a line that names the query.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "command.h"
#include "planfile/query.h"
#include "labels.h"

namespace planfile {

// Labels in both languages.
struct Wording {
  std::string_view en, zh;
};
inline std::string_view in(std::string_view lang, const Wording& wording) {
  return lang == "zh" ? wording.zh : wording.en;
}

// A part of what is shown of a thing.
struct Section {
  Wording title;
  std::string_view query;
  Arguments arguments = {};
  std::vector<std::string> columns = {};  // empty: those that the query is written to show
  std::size_t most = 0;                   // rows; 0: as many as the page shows
};

inline constexpr std::size_t kWhole = std::size_t(-1);  // every row of a section

// Where sections are printed, one below the other.
class Page {
 public:
  // `most` rows of a section are shown, all where it is 0; `lang` is "zh" or "en".
  Page(Reader& reader, std::string file, std::string_view lang, std::size_t most, Io io)
      : reader_(reader), file_(std::move(file)), lang_(lang), most_(most), io_(io) {}

  // A line of its own, with space before it unless it is the first.
  void line(std::string_view text);

  // The section, or nothing when its query gives no row; whether it gave any. Columns that are
  // empty in every row are left out. In Chinese, columns and codes have their names.
  bool print(const Section& section);

  // The same of these rows of the section's query.
  bool print(const Section& section, Table rows);

  // What columns and codes are called in the file.
  const Labels& labels();

  // The rows of a section's query.
  Table rows(const Section& section);

  [[nodiscard]] std::string_view lang() const { return lang_; }
  Reader& reader() { return reader_; }
  Io& io() { return io_; }

 private:
  [[nodiscard]] std::string command(const Section& section) const;

  Reader& reader_;
  std::string file_;
  std::string_view lang_;
  std::size_t most_;
  Io io_;
  bool is_begun_ = false;
  std::optional<Labels> labels_;  // once they are asked for
};

// A saved query's documentation and its first rows.
void describe_query(Page& page, const std::string& name);

}  // namespace planfile
