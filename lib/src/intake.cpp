#include "intake.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "digest.h"
#include "text.h"

namespace planfile {
namespace {

constexpr std::size_t kBlock = 1 << 16;   // facts handed over at once
constexpr std::size_t kWaiting = 8;       // blocks
constexpr std::size_t kGlance = 1 << 12;  // rows between two looks at how far it has come

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
               ObservationLane* observations, const ImportOptions& options, Rejects* rejects)
    : input_(input),
      csv_(csv),
      lanes_(std::move(lanes)),
      observations_(observations),
      options_(options),
      rejects_(rejects) {}

Intake::~Intake() {
  stopping_ = true;
  channel_.stop();
  if (thread_.joinable()) thread_.join();
}

void Intake::start() {
  thread_ = std::thread([this] {
    try {
      read_all();
    } catch (...) {
      trouble_ = std::current_exception();
    }
    channel_.close();
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

void Intake::read_all() {
  for (const std::string& title : csv_.report.sheet.titles) notes_ += title + "\n";
  DigestedBytes bytes(*input_.bytes);
  TextRows text = open_rows(bytes, csv_.report);
  text.rows->hand_over([this](const BadRow& row) { refuse_text(row); });
  Row row;
  for (std::size_t met = 0; !stopping_ && text.rows->next(row);) {
    if (++met % kGlance == 0) bytes_ = text.rows->position();
    if (row.line < csv_.report.sheet.first_row) continue;
    take_row(row);
    if (observations_ == nullptr || observations_->kept() < kBlock) continue;
    Block block = observations_->take_block();
    const bool doomed = faults_.count > 0 && (options_.rejects.empty() || faults_.are_fatal);
    if (!doomed && !channel_.put(std::move(block))) return;
  }
  bytes_ = text.rows->position();
  std::stable_sort(faults_.issues.begin(), faults_.issues.end(),
                   [](const Issue& a, const Issue& b) { return a.line < b.line; });
  sha256_ = bytes.hex();
  if (observations_ != nullptr && observations_->kept() > 0) {
    channel_.put(observations_->take_block());
  }
}

void Intake::reject(std::map<std::size_t, std::string> reasons) {
  carried_.clear();
  const TextRows text = open_rows(*input_.bytes, csv_.report);
  text.rows->hand_over([](const BadRow&) {});
  Row row;
  while (!reasons.empty() && text.rows->next(row)) {
    if (row.line < csv_.report.sheet.first_row) continue;
    carry(row);
    const auto found = reasons.find(row.line);
    if (found == reasons.end()) continue;
    rejects_->add(row.line, found->second, row.cells);
    reasons.erase(found);
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
bool Intake::fits(const Row& row) const {
  const std::size_t width = csv_.report.sheet.columns.size();
  return row.cells.size() >= width &&
         std::all_of(row.cells.begin() + static_cast<std::ptrdiff_t>(width), row.cells.end(),
                     [](std::string_view cell) { return trim(cell).empty(); });
}

bool Intake::is_wide_enough(const Row& row) {
  if (fits(row)) return true;
  refuse(row, {{.cell = kNoColumn,
                .column = {},
                .message = fmt::format("{} cells where the header has {}", row.cells.size(),
                                       csv_.report.sheet.columns.size()),
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
    report({.file = {},
            .line = in_cell ? row.line_of(fault.cell) : row.line,
            .position = 0,
            .column = column,
            .message = fault.message});
  }
  if (rejects_ == nullptr || reasons.empty()) return;
  if (fits(row)) {
    rejects_->add(row.line, reasons, row.cells);
  } else {
    rejects_->add_text(row.line, reasons, row.text);
  }
}

// A row that is no CSV.
void Intake::refuse_text(const BadRow& row) {
  if (stopping_) throw Error(Errc::stopped, "stopped; nothing was changed");
  constexpr std::size_t kMostReasons = 10;
  std::string reasons;
  for (std::size_t at = 0; at < row.issues.size(); ++at) {
    report(row.issues[at]);
    if (at < kMostReasons) reasons += (at == 0 ? "" : "; ") + to_text(row.issues[at]);
  }
  if (row.faults > kMostReasons) reasons += fmt::format("; and {} more", row.faults - kMostReasons);
  const std::size_t untold = row.faults - row.issues.size();
  faults_.count += untold;
  fault_count_ += untold;
  // What stands above the data tells how to read it.
  if (row.is_last || row.line < csv_.report.sheet.first_row) faults_.are_fatal = true;
  if (rejects_ != nullptr) rejects_->add_text(row.line, reasons, row.text);
}

void Intake::report(Issue issue) {
  issue.file = input_.name;
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

}  // namespace planfile
