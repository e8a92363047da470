#include "planfile/import.h"

#include <algorithm>
#include <chrono>
#include <tuple>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "edit.h"
#include "intake.h"
#include "planfile/nearest.h"
#include "planfile/version.h"
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

// The thing that a name which the file lacks stands for, as far as the CSV tells.
template <class Fact>
Fact made_of(const NewName& name);

constexpr std::string_view kMade = "由导入新建 made by an import";

template <>
Source made_of(const NewName& name) {
  Source source;
  source.code = source.title = name.name;
  source.kind = "dataset";
  source.note = kMade;
  return source;
}
template <>
Entity made_of(const NewName& name) {
  Entity entity;
  entity.code = entity.name = name.name;
  entity.kind = "region";
  entity.note = kMade;
  return entity;
}
template <>
Scope made_of(const NewName& name) {
  Scope scope;
  scope.code = scope.name = name.name;
  return scope;
}
template <>
Unit made_of(const NewName& name) {
  Unit unit;
  unit.code = unit.dimension = unit.base = name.name;
  unit.note = kMade;
  return unit;
}
template <>
Indicator made_of(const NewName& name) {
  Indicator indicator;
  indicator.code = indicator.name = name.name;
  indicator.unit = name.unit;
  indicator.direction = "neither";
  indicator.kind = "stock";
  indicator.note = kMade;
  return indicator;
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
  }

  ImportReport report() && {
    std::vector<Understood> all = understand_all();
    if (report_.faults > 0) return finished(all);
    for (std::size_t at = 0; at < inputs_.size(); ++at) import_one(at, all[at]);
    const bool good = report_.faults == 0 || options_.faulty == ImportOptions::Faulty::pass_over;
    const bool named =
        report_.unknown.empty() || options_.unknown == ImportOptions::Unknown::refuse;
    if (good && named && options_.effect == ImportOptions::Effect::store) {
      edit_.commit();
      report_.stored = true;
    }
    if (!good) report_.changes = {};
    return finished(all);
  }

 private:
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
    Lanes lanes(*this, csv, static_cast<std::uint32_t>(at));
    if (lanes.first_table.empty()) return;
    begin(inputs_[at].name, lanes.first_table, csv);
    create_names();
    lanes.open(*this, csv, static_cast<std::uint32_t>(at));
    Intake intake(inputs_[at], csv, lanes.others(), lanes.observations.get(), options_);
    const std::vector<Loader::Clash> clashes = stream(intake, lanes);
    take_faults(intake, at, csv, clashes);
    describe(intake, lanes, csv);
    if (report_.faults > 0 && options_.faulty == ImportOptions::Faulty::refuse_all) return;
    complete(intake, lanes, csv);
    if (options_.faulty == ImportOptions::Faulty::pass_over)
      fetch_rejects(intake, at, csv, clashes);
  }

  // The lanes of one CSV, one for each table that its rules name.
  struct Lanes {
    Lanes(Run&, const Understood& csv, std::uint32_t) {
      each_table([&]<class Fact>() {
        const bool has =
            std::any_of(csv.bound.rules.begin(), csv.bound.rules.end(),
                        [](const BoundRule& rule) { return rule.table == table_of<Fact>; });
        if (has && (first_table.empty() || std::is_same_v<Fact, Observation>)) {
          first_table = table_of<Fact>;
        }
      });
    }

    // Opens them, once the edit's import has begun and every name is there.
    void open(Run& run, const Understood& csv, std::uint32_t file) {
      each_table([&]<class Fact>() {
        if constexpr (std::is_same_v<Fact, Observation>) {
          open_observations(run, csv, file);
        } else if constexpr (kTakesImports<Fact>) {
          open_table<Fact>(run, csv);
        }
      });
    }

    template <class Fact>
    void open_table(Run& run, const Understood& csv) {
      std::unique_ptr<TableLane<Fact>> lane;
      for (const BoundRule& rule : csv.bound.rules) {
        if (rule.table != table_of<Fact>) continue;
        if (!lane) {
          lane = std::make_unique<TableLane<Fact>>(run.known_, run.defaults_,
                                                   run.options_.most_samples);
        }
        lane->add(rule);
      }
      if (lane) tables.push_back(std::move(lane));
    }

    void open_observations(Run& run, const Understood& csv, std::uint32_t file) {
      for (const BoundRule& rule : csv.bound.rules) {
        if (rule.table != "observation") continue;
        if (!observations) {
          packer =
              std::make_unique<Packer>(EditAccess::database(run.edit_), run.known_, run.defaults_);
          observations = std::make_unique<ObservationLane>(*packer, run.known_, run.defaults_, file,
                                                           run.options_.most_samples);
        }
        observations->add(rule);
      }
    }

    [[nodiscard]] std::vector<Lane*> others() const {
      std::vector<Lane*> all;
      for (const auto& lane : tables) all.push_back(lane.get());
      return all;
    }

    std::string first_table;
    std::unique_ptr<Packer> packer;
    std::unique_ptr<ObservationLane> observations;
    std::vector<std::unique_ptr<Lane>> tables;
  };

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
    create<Source>();
    create<Scope>();
    create<Unit>();
    create<Entity>();
    create<Indicator>();
    import.added = added;
    names_.clear();
  }

  template <class Fact>
  void create() {
    std::vector<Fact> made;
    for (const NewName& name : names_) {
      if (name.table != table_of<Fact>) continue;
      made.push_back(made_of<Fact>(name));
      known_.add(name.table, name.name, name.name);
      if constexpr (std::is_same_v<Fact, Unit>) known_.units.emplace(name.name, made.back());
      if constexpr (std::is_same_v<Fact, Indicator>) {
        const auto unit = resolve(known_, "unit", made.back().unit);
        made.back().unit = unit ? *unit : std::string();
        known_.unit_of.emplace(name.name, made.back().unit);
      }
    }
    if (!made.empty()) edit_.put(std::span<const Fact>(made));
  }

  // Stores observations as they are read; returns the facts of one row's key that differ.
  std::vector<Loader::Clash> stream(Intake& intake, Lanes& lanes) {
    Channel channel;
    std::optional<Loader> loader;
    if (lanes.observations) {
      loader.emplace(EditAccess::database(edit_), *lanes.packer, EditAccess::running(edit_).number,
                     lanes.observations->columns());
    }
    intake.start(channel);
    while (!channel.ended()) {
      auto block = channel.take(kPatience);
      if (block && loader) loader->put(std::move(*block));
      if (options_.progress && !options_.progress(intake.progress())) {
        intake.stop();
        channel.stop();
        intake.join();
        throw Error(Errc::stopped, "stopped; nothing was changed");
      }
    }
    intake.join();
    if (!loader) return {};
    const bool doomed =
        intake.faults().count > 0 && options_.faulty == ImportOptions::Faulty::refuse_all;
    if (!doomed) loader->finish();
    EditAccess::count(edit_, loader->changes());
    count(loader->changes());
    for (const Loader::Change& change : loader->changed())
      show_change(change, *lanes.packer, intake);
    return loader->clashes();
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
    if (lanes.observations) take(*lanes.observations);
    for (const auto& lane : lanes.tables) take(*lane);
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
    if (lanes.observations) tell(lanes.observations->count());
    for (const auto& lane : lanes.tables) {
      if (lane->table() != lanes.first_table) begin(inputs_name(intake), lane->table(), csv);
      count(lane->store(edit_));
      tell(lane->count());
    }
  }

  static std::string inputs_name(const Intake& intake) {
    return std::string(intake.progress().file);
  }

  // Reads the refused rows once more, for their cells.
  void fetch_rejects(const Intake& intake, std::size_t at, Understood& csv,
                     const std::vector<Loader::Clash>& clashes) {
    std::map<std::size_t, std::string> refused(intake.faults().refused.begin(),
                                               intake.faults().refused.end());
    for (const Loader::Clash& clash : clashes) {
      refused.emplace(clash.second.line, clash_message(clash));
    }
    if (refused.empty()) return;
    csv.report.reject_columns = csv.report.sheet.columns;
    const TextRows text = open_rows(*inputs_[at].bytes, csv.report);
    Row row;
    while (!refused.empty() && text.rows->next(row)) {
      const auto found = refused.find(row.line);
      if (found == refused.end()) continue;
      csv.report.rejects.push_back(
          {found->first, found->second, {row.cells.begin(), row.cells.end()}});
      refused.erase(found);
    }
    for (auto& [line, reason] : refused) csv.report.rejects.push_back({line, reason, {}});
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
                     (report.faults == 0 || options.faulty == ImportOptions::Faulty::pass_over);
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
