#include "import_report.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "output.h"

namespace planfile {
namespace {

std::string_view delimiter_name(char delimiter) {
  switch (delimiter) {
    case ',':
      return "comma";
    case ';':
      return "semicolon";
    case '\t':
      return "tab";
    case '|':
      return "bar";
    default:
      return "one character";
  }
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string facts_of(const FileReport& file) {
  std::string text;
  for (const auto& [table, count] : file.facts) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, table);
  }
  return text.empty() ? "no fact" : text;
}

// A small table for people.
class Rows {
 public:
  Rows(Io& io, std::vector<std::string> columns)
      : out_(make_writer(Format::table, io.out, {.width = io.width})) {
    out_->head(columns);
  }
  ~Rows() { out_->finish(); }
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;

  void add(const std::vector<std::string>& texts) {
    out_->row(std::vector<Cell>(texts.begin(), texts.end()));
  }

 private:
  std::unique_ptr<RowSink> out_;
};

void print_file(const FileReport& file, Io& io) {
  fmt::print(io.out, "{}: {}, {}, header in line {}, {}: {}\n", file.name, file.encoding.name,
             delimiter_name(file.delimiter), file.sheet.header_line,
             counted(file.rows, "row", "rows"), facts_of(file));
  const auto& meanings = file.understood.meanings;
  Rows rows(io, {"column", "taken for"});
  for (std::size_t at = 0; at < std::min(file.sheet.columns.size(), meanings.size()); ++at) {
    rows.add({file.sheet.columns[at], meanings[at]});
  }
}

void print_notes(const FileReport& file, Io& io) {
  if (file.notes.empty()) return;
  fmt::print(io.out, "\nabove and below the table, kept as notes of the import:\n{}", file.notes);
}

// The columns that any of the samples of one table has, in their order.
std::vector<std::string> columns_of(const std::vector<const Sample*>& samples) {
  std::vector<std::string> columns = {"line"};
  for (const Sample* sample : samples) {
    for (const auto& [column, text] : sample->cells) {
      if (std::find(columns.begin(), columns.end(), column) == columns.end()) {
        columns.push_back(column);
      }
    }
  }
  return columns;
}

std::string cell_of(const std::vector<std::pair<std::string, std::string>>& cells,
                    const std::string& column) {
  for (const auto& [name, text] : cells) {
    if (name == column) return text;
  }
  return {};
}

void print_samples(const ImportReport& report, Io& io) {
  std::vector<std::string> tables;
  for (const Sample& sample : report.samples) {
    if (std::find(tables.begin(), tables.end(), sample.table) == tables.end()) {
      tables.push_back(sample.table);
    }
  }
  for (const std::string& table : tables) {
    std::vector<const Sample*> samples;
    for (const Sample& sample : report.samples) {
      if (sample.table == table) samples.push_back(&sample);
    }
    fmt::print(io.out, "\n{}, the first {}:\n", table, samples.size());
    const auto columns = columns_of(samples);
    Rows rows(io, columns);
    for (const Sample* sample : samples) {
      std::vector<std::string> cells = {std::to_string(sample->line)};
      for (std::size_t at = 1; at < columns.size(); ++at) {
        cells.push_back(cell_of(sample->cells, columns[at]));
      }
      rows.add(cells);
    }
  }
}

void print_changed(const ImportReport& report, Io& io) {
  if (report.changed.empty()) return;
  fmt::print(io.out, "\nchanged, the first {}:\n", report.changed.size());
  Rows rows(io, {"line", "indicator", "entity", "period", "source", "former", "now"});
  for (const Sample& change : report.changed) {
    rows.add({std::to_string(change.line), cell_of(change.cells, "indicator"),
              cell_of(change.cells, "entity"), cell_of(change.cells, "period"),
              cell_of(change.cells, "source"), cell_of(change.former, "value"),
              cell_of(change.cells, "value")});
  }
}

void print_unknown(const ImportReport& report, std::ostream& out) {
  constexpr std::size_t kMost = 50;
  if (report.unknown.empty()) return;
  fmt::print(out, "not in the file: {}\n", counted(report.unknown.size(), "name", "names"));
  const std::size_t shown = std::min(kMost, report.unknown.size());
  for (std::size_t at = 0; at < shown; ++at) {
    const NewName& name = report.unknown[at];
    fmt::print(out, "  {} \"{}\" ({}:{}){}\n", name.table, name.name, name.file, name.line,
               name.like);
  }
  if (shown < report.unknown.size()) {
    fmt::print(out, "  ... and {} more\n", report.unknown.size() - shown);
  }
}

void print_faults(const ImportReport& report, std::ostream& err) {
  for (const Issue& issue : report.issues) fmt::print(err, "{}\n", to_text(issue));
  if (report.issues.size() < report.faults) {
    fmt::print(err, "... and {} more\n", report.faults - report.issues.size());
  }
}

std::size_t reject_count(const ImportReport& report) {
  std::size_t count = 0;
  for (const FileReport& file : report.files) count += file.rejects;
  return count;
}

std::string changes_text(const Changes& changes) {
  return fmt::format("{} added, {} changed, {} as they were", changes.added, changes.changed,
                     changes.unchanged);
}

}  // namespace

bool ProgressLine::show(const Progress& progress) {
  using std::chrono::steady_clock;
  constexpr std::chrono::milliseconds kSoon{400};  // what is done by then needs no line
  if (io_.interrupted && io_.interrupted()) {
    clear();
    return false;
  }
  if (io_.err_width == 0 || steady_clock::now() - began_ < kSoon) return true;
  constexpr double kMebi = 1024.0 * 1024.0, kAll = 100;
  const double share = progress.of_bytes == 0 ? 0
                                              : kAll * static_cast<double>(progress.bytes) /
                                                    static_cast<double>(progress.of_bytes);
  std::string line =
      fmt::format("{}: {:.0f} % of {:.0f} MiB, {} rows, {} faults, {} figures stored",
                  progress.file, share, static_cast<double>(progress.of_bytes) / kMebi,
                  progress.rows, progress.faults, progress.stored);
  if (display_width(line) >= io_.err_width) {
    line = fmt::format("{:.0f} %, {} rows, {} faults, {} stored", share, progress.rows,
                       progress.faults, progress.stored);
  }
  io_.err << "\r\x1b[K" << line << std::flush;
  shown_ = true;
  return true;
}

void ProgressLine::clear() {
  if (shown_) io_.err << "\r\x1b[K" << std::flush;
  shown_ = false;
}

int print_dry_run(const ImportReport& report, const std::string& file, const std::string& format,
                  Io io) {
  if (format == "json") {
    if (report.files.size() != 1) throw Error(Errc::usage, "--format json: of one CSV at a time");
    io.out << to_json(report.files.front().understood.mapping);
  } else {
    for (const FileReport& one : report.files) {
      if (&one != &report.files.front()) io.out << '\n';
      print_file(one, io);
      print_notes(one, io);
    }
    print_samples(report, io);
    print_changed(report, io);
  }
  print_unknown(report, io.err);
  print_faults(report, io.err);
  if (report.faults > 0) {
    fmt::print(io.err, "{}; nothing would be stored\n", counted(report.faults, "fault", "faults"));
    return kRefused;
  }
  fmt::print(io.err, "{}: it would be {}; nothing was changed\n", file,
             changes_text(report.changes));
  return kDone;
}

int print_import(const ImportReport& report, const std::string& file, const std::string& rejects,
                 Io io) {
  print_faults(report, io.err);
  if (report.faults > 0 && !report.stored) {
    if (report.unknown.size() > 1) print_unknown(report, io.err);
    fmt::print(io.err, "{}; nothing was stored\n", counted(report.faults, "fault", "faults"));
    return kRefused;
  }
  for (const FileReport& one : report.files) {
    fmt::print(io.err, "{}: {}\n", one.name, counted(one.rows, "row", "rows"));
  }
  for (const NewName& name : report.unknown) {
    fmt::print(io.err, "{}: new {}: {}\n", file, name.table, name.name);
  }
  fmt::print(io.err, "{}: {}\n", file, changes_text(report.changes));
  if (report.faults == 0) return kDone;
  fmt::print(io.err, "{} refused: see {}\n", counted(reject_count(report), "row", "rows"), rejects);
  return kRefused;
}

}  // namespace planfile
