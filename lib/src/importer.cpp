#include "planfile/import.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "edit.h"
#include "intake.h"
#include "lanes.h"
#include "new_names.h"
#include "planfile/nearest.h"
#include "planfile/version.h"
#include "rejects.h"
#include "tables.h"
#include "text.h"

namespace planfile {
namespace {

constexpr std::chrono::milliseconds kPatience{100};  // between two calls of `progress`

std::string now() {
  return fmt::format(
      "{:%Y-%m-%dT%H:%M:%SZ}",
      fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

// A file's name as UTF-8: other bytes are written as %XX.
std::string printable(const std::string& name) {
  if (fold(name)) return name;
  std::string text;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    text += byte < 0x80 ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return text;
}

class Run {
 public:
  Run(File& file, std::vector<CsvInput>& inputs, const ImportOptions& options,
      const std::vector<NewName>& names)
      : inputs_(inputs), options_(options), names_(names), known_(file.catalogue()), edit_(file) {
    const auto required = [&](std::string_view what, const std::string& name) {
      if (name.empty()) return name;
      const auto code = resolve(known_, what, name);
      if (!code) throw Error(Errc::usage, fmt::format("--{}: {}", what, code.reason));
      return *code;
    };
    defaults_.source = required("source", options.defaults.source);
    defaults_.plan = required("plan", options.defaults.plan);
    if (!options.rejects.empty()) rejects_.emplace(options.rejects);
  }

  ImportReport report() && {
    std::vector<Understood> all = understand_all();
    if (report_.faults > 0) return finished(all);
    for (std::size_t at = 0; at < inputs_.size(); ++at) import_one(at, all[at]);
    const bool good = report_.faults == 0 || (rejects_ && !fatal_);
    const bool named =
        report_.unknown.empty() || options_.unknown == ImportOptions::Unknown::refuse;
    if (good && named && options_.effect == ImportOptions::Effect::store) commit();
    if (!good) report_.changes = {};
    return finished(all);
  }

 private:
  // First the rows that are passed over, so that a full disk loses none of them.
  void commit() {
    if (rejects_) rejects_->publish();
    try {
      edit_.commit();
    } catch (...) {
      if (rejects_) rejects_->retract();
      throw;
    }
    report_.stored = true;
  }

  ImportReport finished(std::vector<Understood>& all) {
    for (Understood& csv : all) report_.files.push_back(std::move(csv.report));
    tell_nearest();
    return std::move(report_);
  }

  std::vector<Understood> understand_all() {
    std::vector<Understood> all;
    for (CsvInput& input : inputs_) {
      all.push_back(understand(input, known_, options_));
      for (Issue& fault : all.back().faults) {
        fault.file = input.name;
        add_issue(std::move(fault));
      }
    }
    return all;
  }

  void add_issue(Issue issue) {
    ++report_.faults;
    if (report_.issues.size() < options_.most_faults) report_.issues.push_back(std::move(issue));
  }

  void import_one(std::size_t at, Understood& csv) {
    Lanes lanes(csv.bound);
    if (lanes.first_table().empty()) return;
    begin(inputs_[at].name, lanes.first_table(), csv);
    create_names();
    lanes.open({.edit = edit_,
                .known = known_,
                .defaults = defaults_,
                .file = static_cast<std::uint32_t>(at),
                .most_samples = options_.most_samples});
    if (rejects_) rejects_->begin(inputs_[at].name, csv.report.sheet.columns);
    Intake intake(inputs_[at], csv, lanes.others(), lanes.observations(), options_,
                  rejects_ ? &*rejects_ : nullptr);
    const std::vector<Loader::Clash> clashes = stream(intake, lanes);
    take_faults(intake, at, csv, clashes);
    describe(intake, lanes, csv);
    if (report_.faults > 0 && (!rejects_ || fatal_)) return;
    complete(intake, lanes, csv);
    if (rejects_) {
      reject(intake, clashes);
      csv.report.rejects = rejects_->count();
    }
  }

  void begin(const std::string& file, std::string_view table, const Understood& csv) {
    edit_.begin({.number = 0,
                 .at = now(),
                 .table_name = std::string(table),
                 .file = printable(std::filesystem::path(file).filename().string()),
                 .sha256 = std::string(64, '0'),  // until all of it is read
                 .rows = 0,
                 .added = 0,
                 .changed = 0,
                 .mapping = to_json(csv.report.understood.mapping),
                 .notes = {},
                 .version = std::string(kVersion)});
  }

  // The names that a pass before found missing. They belong to the import that brings them, but
  // are none of its rows.
  void create_names() {
    if (names_.empty()) return;
    Import& import = EditAccess::running(edit_);
    const auto added = import.added;
    make_named(names_, edit_, known_);
    import.added = added;
    names_.clear();
  }

  // Stores observations as they are read; returns the facts of one row's key that differ.
  std::vector<Loader::Clash> stream(Intake& intake, Lanes& lanes) {
    std::optional<Loader> loader;
    const auto look = [&] {
      Progress progress = intake.progress();
      if (loader) progress.stored = count_of(loader->changes());
      if (!options_.progress || options_.progress(progress)) return;
      throw Error(Errc::stopped, "stopped; nothing was changed");
    };
    if (lanes.observations() != nullptr) {
      LoadCare care{.pause = look};
      if (rejects_) care.most_clashes = std::numeric_limits<std::size_t>::max();
      loader.emplace(EditAccess::database(edit_), lanes.packer(), EditAccess::running(edit_).number,
                     lanes.observations()->columns(), std::move(care));
    }
    intake.start();
    while (!intake.ended()) {
      auto block = intake.take(kPatience);
      if (block && loader) loader->put(std::move(*block));
      look();
    }
    intake.join();
    if (!loader) return {};
    const bool doomed = intake.faults().count > 0 && (!rejects_ || intake.faults().are_fatal);
    if (!doomed) loader->finish();
    take_changes(*loader, lanes.packer(), intake);
    return loader->clashes();
  }

  static std::size_t count_of(const Changes& changes) {
    return changes.added + changes.changed + changes.unchanged;
  }

  void take_changes(const Loader& loader, const Packer& packer, const Intake& intake) {
    EditAccess::count(edit_, loader.changes());
    count(loader.changes());
    report_.faults += loader.clash_count() - loader.clashes().size();
    for (const Loader::Change& change : loader.changed()) show_change(change, packer, intake);
  }

  void count(const Changes& changes) {
    report_.changes.added += changes.added;
    report_.changes.changed += changes.changed;
    report_.changes.unchanged += changes.unchanged;
  }

  void show_change(const Loader::Change& change, const Packer& packer, const Intake& intake) {
    if (report_.changed.size() >= options_.most_samples) return;
    Sample sample = sample_of(change.former, change.now.line);
    sample.former = sample.cells;
    sample.file = intake.progress().file;
    const Detail detail = packer.detail(change.now.detail);
    const std::string value =
        detail.printed.empty() ? to_text(change.now.value) : std::string(detail.printed);
    for (auto& [column, text] : sample.cells) {
      if (column == "value") text = value;
      if (column == "status") text = detail.status;
    }
    report_.changed.push_back(std::move(sample));
  }

  void take_faults(const Intake& intake, std::size_t at, Understood& csv,
                   const std::vector<Loader::Clash>& clashes) {
    const Faults& faults = intake.faults();
    report_.faults += faults.count;
    fatal_ = fatal_ || faults.are_fatal;
    for (const Issue& issue : faults.issues) {
      if (report_.issues.size() < options_.most_faults) report_.issues.push_back(issue);
    }
    for (const Loader::Clash& clash : clashes) {
      add_issue({.file = inputs_[at].name,
                 .line = clash.second.line,
                 .position = 0,
                 .column = {},
                 .message = clash_message(clash)});
    }
    for (const NewName& name : faults.unknown) {
      const bool is_new =
          std::none_of(report_.unknown.begin(), report_.unknown.end(), [&](const NewName& other) {
            return other.table == name.table && other.name == name.name;
          });
      if (is_new) report_.unknown.push_back(name);
    }
    if (intake.rows() == 0 && faults.count == 0) {
      add_issue({.file = inputs_[at].name,
                 .line = csv.report.sheet.header_line,
                 .position = 0,
                 .column = {},
                 .message = "no row below the header"});
    }
    csv.report.rows = intake.rows();
    csv.report.notes = intake.notes();
  }

  static std::string clash_message(const Loader::Clash& clash) {
    return fmt::format("differs from line {}, which is about the same: {} there, {} here",
                       clash.first.line, to_text(clash.first.value), to_text(clash.second.value));
  }

  void describe(const Intake& intake, const Lanes& lanes, Understood& csv) {
    const auto take = [&](const Lane& lane) {
      csv.report.facts[std::string(lane.table())] += lane.count();
      for (Sample sample : lane.samples()) {
        sample.file = intake.progress().file;
        report_.samples.push_back(std::move(sample));
      }
    };
    for (const Lane* lane : lanes.all()) take(*lane);
  }

  // Stores the other tables' facts, each as an import of its own, and completes what each says.
  void complete(const Intake& intake, const Lanes& lanes, const Understood& csv) {
    const auto tell = [&](std::size_t facts) {
      Import& import = EditAccess::running(edit_);
      import.sha256 = intake.sha256();
      import.notes = intake.notes();
      import.rows = static_cast<std::int64_t>(facts);
      if (std::find(report_.imports.begin(), report_.imports.end(), import.number) ==
          report_.imports.end()) {
        report_.imports.push_back(import.number);
      }
    };
    if (lanes.observations() != nullptr) tell(lanes.observations()->count());
    for (Lane* lane : lanes.others()) {
      if (lane->table() != lanes.first_table()) begin(inputs_name(intake), lane->table(), csv);
      count(lane->store(edit_));
      tell(lane->count());
    }
  }

  static std::string inputs_name(const Intake& intake) {
    return std::string(intake.progress().file);
  }

  static void reject(Intake& intake, const std::vector<Loader::Clash>& clashes) {
    std::map<std::size_t, std::string> reasons;
    for (const Loader::Clash& clash : clashes) {
      reasons.emplace(clash.second.line, clash_message(clash));
    }
    intake.reject(std::move(reasons));
  }

  // The nearest known names of the first unknown ones; a search through all names each.
  void tell_nearest() {
    constexpr std::size_t kMost = 20;
    for (std::size_t at = 0; at < std::min(kMost, report_.unknown.size()); ++at) {
      NewName& name = report_.unknown[at];
      const auto names = known_.names.find(name.table);
      if (names == known_.names.end()) continue;
      name.like = known_.hints.near(name.table, name.name, names->second);
    }
  }

  std::vector<CsvInput>& inputs_;
  const ImportOptions& options_;
  std::vector<NewName> names_;  // to be created
  Catalogue known_;
  Defaults defaults_;
  Edit edit_;
  std::optional<Rejects> rejects_;  // none: rows with faults keep the others out
  bool fatal_ = false;              // whether a fault can't be passed over
  ImportReport report_;
};

}  // namespace

ImportReport import_files(File& file, std::vector<CsvInput> inputs, const ImportOptions& options) {
  if (!options.table.empty()) {
    const auto tables = import_tables();
    if (std::find(tables.begin(), tables.end(), options.table) == tables.end()) {
      throw Error(Errc::usage,
                  fmt::format("no table for imports: \"{}\"{}; there are: {}", options.table,
                              did_you_mean(options.table, tables), fmt::join(tables, ", ")));
    }
  }
  ImportReport report = Run(file, inputs, options, {}).report();
  const bool again = options.unknown == ImportOptions::Unknown::create && !report.unknown.empty() &&
                     (report.faults == 0 || !options.rejects.empty());
  if (!again) return report;
  const std::vector<NewName> names = std::move(report.unknown);
  report = Run(file, inputs, options, names).report();
  report.unknown = names;
  return report;
}

std::vector<std::string_view> import_tables() {
  std::vector<std::string_view> tables;
  each_table([&]<class Fact>() {
    if constexpr (kTakesImports<Fact>) tables.push_back(table_of<Fact>);
  });
  return tables;
}

}  // namespace planfile
