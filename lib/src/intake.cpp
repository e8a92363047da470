#include "intake.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "digest.h"
#include "text.h"

namespace planfile {
namespace {

constexpr std::size_t kBlock = 1 << 16;  // facts handed over at once
constexpr std::size_t kWaiting = 8;      // blocks

// Passes bytes on and takes their digest.
class DigestedBytes : public ByteSource {
 public:
  explicit DigestedBytes(ByteSource& bytes) : bytes_(bytes) { bytes_.rewind(); }
  std::size_t read(std::span<char> into) override {
    const std::size_t got = bytes_.read(into);
    digest_.add(std::string_view(into.data(), got));
    return got;
  }
  void rewind() override {
    bytes_.rewind();
    digest_ = Sha256();
  }
  [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }
  std::string hex() { return digest_.hex(); }

 private:
  ByteSource& bytes_;
  Sha256 digest_;
};

bool may_be_created(std::string_view table) {
  return table == "indicator" || table == "entity" || table == "unit" || table == "scope" ||
         table == "source";
}

}  // namespace

bool Channel::put(Block block) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return blocks_.size() < kWaiting || stopped_; });
  if (stopped_) return false;
  blocks_.push_back(std::move(block));
  changed_.notify_all();
  return true;
}

std::optional<Block> Channel::take(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, patience, [&] { return !blocks_.empty() || closed_; });
  if (blocks_.empty()) return std::nullopt;
  Block block = std::move(blocks_.front());
  blocks_.pop_front();
  changed_.notify_all();
  return block;
}

void Channel::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

void Channel::stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  changed_.notify_all();
}

bool Channel::ended() {
  const std::lock_guard lock(mutex_);
  return closed_ && blocks_.empty();
}

Intake::Intake(CsvInput& input, Understood& csv, std::vector<Lane*> lanes,
               ObservationLane* observations, const ImportOptions& options)
    : input_(input),
      csv_(csv),
      lanes_(std::move(lanes)),
      observations_(observations),
      options_(options) {}

Intake::~Intake() {
  stop();
  if (thread_.joinable()) thread_.join();
}

void Intake::start(Channel& channel) {
  thread_ = std::thread([this, &channel] {
    try {
      read_all(channel);
    } catch (...) {
      trouble_ = std::current_exception();
    }
    channel.close();
  });
}

void Intake::join() {
  if (thread_.joinable()) thread_.join();
  if (trouble_) std::rethrow_exception(std::exchange(trouble_, nullptr));
}

Progress Intake::progress() const {
  return {.file = input_.name,
          .bytes = bytes_,
          .of_bytes = input_.bytes->size(),
          .rows = rows_,
          .faults = fault_count_};
}

void Intake::read_all(Channel& channel) {
  for (const std::string& title : csv_.report.sheet.titles) notes_ += title + "\n";
  DigestedBytes bytes(*input_.bytes);
  TextRows text = open_rows(bytes, csv_.report);
  Row row;
  while (!stopping_ && text.rows->next(row)) {
    if (row.line < csv_.report.sheet.first_row) continue;
    take_row(row);
    if (observations_ == nullptr || observations_->kept() < kBlock) continue;
    bytes_ = text.rows->position();
    take_text_faults(*text.rows);
    Block block = observations_->take_block();
    const bool doomed = faults_.count > 0 && options_.faulty == ImportOptions::Faulty::refuse_all;
    if (!doomed && !channel.put(std::move(block))) return;
  }
  take_text_faults(*text.rows);
  std::stable_sort(faults_.issues.begin(), faults_.issues.end(),
                   [](const Issue& a, const Issue& b) { return a.line < b.line; });
  sha256_ = bytes.hex();
  if (observations_ != nullptr && observations_->kept() > 0) {
    channel.put(observations_->take_block());
  }
}

// An empty cell of a carried column repeats the one above, as merged cells leave it.
void Intake::carry(Row& row) {
  const auto& carried = csv_.bound.carried;
  carried_.resize(carried.size());
  for (std::size_t at = 0; at < carried.size(); ++at) {
    if (carried[at] >= row.cells.size()) continue;
    std::string_view& cell = row.cells[carried[at]];
    if (trim(cell).empty()) {
      cell = carried_[at];
    } else {
      carried_[at] = cell;
    }
  }
}

void Intake::take_row(Row& row) {
  const bool fits = row.cells.size() == csv_.report.sheet.columns.size();
  const bool alone = lanes_.empty() && csv_.bound.carried.empty();
  if (fits && alone && observations_ != nullptr && observations_->read_quickly(row)) {
    ++rows_;
    observations_->keep(row.line);
    return;
  }
  switch (kind_of(row.cells, csv_.report.sheet)) {
    case RowKind::note:
      return note(row);
    case RowKind::header:
      return;
    case RowKind::total:
      if (csv_.report.understood.mapping.skip_totals) return;
      break;
    case RowKind::data:
      break;
  }
  if (std::all_of(row.cells.begin(), row.cells.end(),
                  [](std::string_view cell) { return trim(cell).empty(); })) {
    return;  // a line of commas is as blank as a blank line
  }
  ++rows_;
  carry(row);
  read_slowly(row);
}

void Intake::read_slowly(const Row& row) {
  if (!is_wide_enough(row)) return;
  std::vector<RowFault> faults;
  for (Lane* lane : lanes_) lane->read(row, faults);
  if (observations_ != nullptr) observations_->read(row, faults);
  if (faults.empty()) {
    for (Lane* lane : lanes_) lane->keep(row.line);
    if (observations_ != nullptr) observations_->keep(row.line);
    return;
  }
  for (Lane* lane : lanes_) lane->drop();
  if (observations_ != nullptr) observations_->drop();
  refuse(row, faults);
}

// Cells beyond the header's must be empty, as a spreadsheet's trailing columns are.
bool Intake::is_wide_enough(const Row& row) {
  const std::size_t width = csv_.report.sheet.columns.size(), got = row.cells.size();
  const bool rest_is_empty =
      got >= width &&
      std::all_of(row.cells.begin() + static_cast<std::ptrdiff_t>(width), row.cells.end(),
                  [](std::string_view cell) { return trim(cell).empty(); });
  if (rest_is_empty) return true;
  refuse(row, {{.cell = kNoColumn,
                .column = {},
                .message = fmt::format("{} cells where the header has {}", got, width),
                .unknown = {},
                .name = {},
                .unit = {}}});
  return false;
}

void Intake::refuse(const Row& row, const std::vector<RowFault>& faults) {
  const bool create = options_.unknown == ImportOptions::Unknown::create;
  std::string reasons;
  for (const RowFault& fault : faults) {
    if (!fault.unknown.empty()) remember(fault, row.line);
    if (create && may_be_created(fault.unknown)) continue;
    const bool in_cell = fault.cell != kNoColumn && fault.cell < row.cells.size();
    const std::string column = in_cell ? csv_.report.sheet.columns[fault.cell] : fault.column;
    reasons +=
        (reasons.empty() ? "" : "; ") + (column.empty() ? "" : column + ": ") + fault.message;
    report({.file = input_.name,
            .line = in_cell ? row.line_of(fault.cell) : row.line,
            .position = 0,
            .column = column,
            .message = fault.message});
  }
  const bool keep_line = options_.faulty == ImportOptions::Faulty::pass_over && !reasons.empty();
  if (keep_line) faults_.refused.emplace_back(row.line, std::move(reasons));
}

void Intake::report(Issue issue) {
  ++faults_.count;
  ++fault_count_;
  if (faults_.issues.size() < options_.most_faults) faults_.issues.push_back(std::move(issue));
}

void Intake::remember(const RowFault& fault, std::size_t line) {
  const std::string name(trim(fault.name));
  if (!unknown_.emplace(fault.unknown, name).second) return;
  faults_.unknown.push_back({.table = std::string(fault.unknown),
                             .name = name,
                             .unit = fault.unit,
                             .like = {},
                             .line = line,
                             .file = input_.name});
}

void Intake::note(const Row& row) {
  std::string text;
  for (const std::string_view cell : row.cells) {
    if (!trim(cell).empty()) text += (text.empty() ? "" : " ") + std::string(trim(cell));
  }
  notes_ += text + "\n";
}

void Intake::take_text_faults(CsvReader& rows) {
  for (Issue& issue : rows.take_issues()) {
    issue.file = input_.name;
    if (options_.faulty == ImportOptions::Faulty::pass_over) {
      faults_.refused.emplace_back(issue.line, issue.message);
    }
    report(std::move(issue));
  }
}

}  // namespace planfile
