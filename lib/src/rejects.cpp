#include "rejects.h"

#include <algorithm>

#include <fmt/format.h>

#include "planfile/csv.h"
#include "planfile/error.h"
#include "utf8.h"

namespace planfile {
namespace {

// Bytes that belong to no character become U+FFFD.
std::string decodable(std::string_view text) {
  std::string shown;
  const char* const end = text.data() + text.size();
  for (const char* at = text.data();;) {
    const char* const invalid = find_invalid(at, end);
    shown.append(at, invalid);
    if (invalid == end) return shown;
    shown += "\uFFFD";
    at = invalid + 1;
  }
}

}  // namespace

Rejects::Rejects(const std::filesystem::path& path) : draft_(path), path_(path.string()) {}

void Rejects::begin(std::string_view file, std::span<const std::string> columns) {
  file_ = decodable(file);
  columns_.assign(columns.begin(), columns.end());
  count_ = 0;
}

void Rejects::add(std::size_t line, std::string_view reason,
                  std::span<const std::string_view> cells) {
  cells_.assign(cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(
                                                   std::min(cells.size(), columns_.size())));
  write(line, reason, {});
}

void Rejects::add_text(std::size_t line, std::string_view reason, std::string_view text) {
  cells_.clear();
  write(line, reason, text);
}

void Rejects::write(std::size_t line, std::string_view reason, std::string_view text) {
  if (!begun_) out_.open(draft_.path(), std::ios::binary);
  begun_ = true;
  if (count_++ == 0) {
    std::vector<std::string> header = columns_;
    header.insert(header.end(), {"file", "line", "reason", "text"});
    out_ << csv_line(header);
  }
  cells_.resize(columns_.size());
  cells_.insert(cells_.end(), {file_, std::to_string(line), std::string(reason), decodable(text)});
  out_ << csv_line(cells_);
}

void Rejects::publish() {
  if (!begun_) return;
  out_.close();
  if (!out_) throw Error(Errc::storage, fmt::format("{}: can't be written", path_));
  draft_.publish();
  published_ = true;
}

void Rejects::retract() {
  if (published_) draft_.retract();
  published_ = false;
}

}  // namespace planfile
