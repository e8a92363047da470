#include "completion.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "command.h"
#include "help.h"
#include "planfile/query.h"

namespace planfile {
namespace {

// The command line so far, taken apart.
struct Place {
  const CLI::App* command = nullptr;
  const CLI::Option* option = nullptr;   // whose value the last word is
  std::vector<std::string> positionals;  // before the last word
};

bool takes_value(const CLI::Option& option) { return option.get_items_expected_max() > 0; }

const CLI::Option* option_named(const CLI::App& command, const std::string& word) {
  return word.starts_with('-') && word != "-" ? command.get_option_no_throw(word) : nullptr;
}

Place place_of(const CLI::App& command, std::span<const std::string> before) {
  Place place{&command, nullptr, {}};
  for (const std::string& word : before) {
    const CLI::Option* option = option_named(command, word);
    if (place.option != nullptr) {
      place.option = nullptr;
    } else if (option != nullptr) {
      place.option = takes_value(*option) ? option : nullptr;
    } else if (!word.starts_with('-') || word == "-") {
      place.positionals.push_back(word);
    }
  }
  return place;
}

// The positional that the next word would be; none when there is no more.
const CLI::Option* positional_at(const CLI::App& command, std::size_t number) {
  const auto all =
      command.get_options([](const CLI::Option* option) { return option->get_positional(); });
  if (all.empty()) return nullptr;
  if (number < all.size()) return all[number];
  return is_repeated(*all.back()) ? all.back() : nullptr;
}

// Of a longer explanation the first sentence.
void offer(Completion& to, std::string_view begun, std::string text, std::string_view about) {
  if (!text.starts_with(begun)) return;
  const std::string_view sentence = about.substr(0, about.find(". "));
  to.candidates.push_back({std::move(text), std::string(sentence.substr(0, sentence.find('\n')))});
}

void offer_options(Completion& to, const CLI::App& command, std::string_view begun) {
  for (const CLI::Option* option : command.get_options({})) {
    if (option->get_positional()) continue;
    const auto& names = option->get_lnames();
    const std::string name =
        names.empty() ? "-" + option->get_snames().front() : "--" + names.front();
    offer(to, begun, name, option->get_description());
  }
}

// What a statement finds: its first column is offered, its second explains it.
void offer_rows(Completion& to, Reader& reader, std::string_view begun, std::string_view sql) {
  TableSink found;
  reader.sql(sql, found);
  for (const auto& row : found.table().rows) {
    offer(to, begun, to_text(row[0]), to_text(row[1]));
  }
}

void offer_parameters(Completion& to, Reader& reader, const Place& place, std::string_view begun) {
  if (place.positionals.size() < 2) return;
  for (const Parameter& parameter : reader.query(place.positionals[1]).parameters) {
    offer(to, begun, parameter.name + "=", parameter.about);
  }
}

// Things that the plan file holds, by what the option is called.
void offer_things(Completion& to, const std::string& file, const Place& place,
                  std::string_view what, std::string_view begun) try {
  constexpr std::string_view kTables =
      "SELECT table_name, title_en FROM dictionary WHERE column_name = '' ORDER BY table_name";
  constexpr std::string_view kIndicators = "SELECT code, name FROM indicator ORDER BY code";
  constexpr std::string_view kEntities =
      "SELECT code, name FROM entity AS e WHERE EXISTS (SELECT 1 FROM series AS s WHERE "
      "s.entity_id = "
      "e.id) ORDER BY code";
  Reader reader(file);
  if (what == "QUERY" || what == "THING" || what == "QUERIES") {
    for (const Query& query : reader.queries()) offer(to, begun, query.name, query.about);
  }
  if (what == "THING") offer_rows(to, reader, begun, kTables);
  if (what == "THING" || what == "INDICATOR") offer_rows(to, reader, begun, kIndicators);
  if (what == "THING" || what == "ENTITY") offer_rows(to, reader, begun, kEntities);
  if (what == "--param") offer_parameters(to, reader, place, begun);
} catch (const Error&) {
  to.candidates.clear();
}

bool names_a_thing(std::string_view what) {
  constexpr std::string_view kThings[] = {"QUERY",     "QUERIES", "THING",
                                          "INDICATOR", "ENTITY",  "--param"};
  return std::find(std::begin(kThings), std::end(kThings), what) != std::end(kThings);
}

// Positionals are files but for a few, options are not but for a few.
bool names_a_file(std::string_view what) {
  constexpr std::string_view kExceptions[] = {"--output",    "--map",  "--rejects", "--resolve",
                                              "--conflicts", "PERIOD", "IMPORT",    "WORDS",
                                              "SQL",         "COMMAND"};
  const bool is_exception =
      std::find(std::begin(kExceptions), std::end(kExceptions), what) != std::end(kExceptions);
  return is_exception == what.starts_with('-');
}

void offer_values(Completion& to, const Place& place, const CLI::Option& option,
                  std::string_view begun) {
  const auto choices = choices_of(option);
  for (const std::string& choice : choices) offer(to, begun, choice, "");
  if (!choices.empty()) return;
  const std::string what = option.get_positional() || option.get_lnames().empty()
                               ? option.get_name(true)
                               : "--" + option.get_lnames().front();
  if (names_a_thing(what)) {
    if (!place.positionals.empty()) offer_things(to, place.positionals.front(), place, what, begun);
  } else {
    to.files = names_a_file(what);
  }
}

}  // namespace

Completion complete(std::span<const std::string> words) {
  CLI::App app;
  Action unused;
  build_app(app, unused);
  Completion found;
  const std::string begun = words.empty() ? "" : words.back();
  if (words.size() <= 1) {
    for (const CLI::App* each : app.get_subcommands({})) {
      if (!each->get_group().empty()) {
        offer(found, begun, each->get_name(), each->get_description());
      }
    }
    if (begun.starts_with('-')) offer_options(found, app, begun);
    return found;
  }
  const auto commands = app.get_subcommands(
      [&](const CLI::App* command) { return command->get_name() == words.front(); });
  if (commands.empty()) return found;
  const CLI::App* command = commands.front();
  const Place place = place_of(*command, words.subspan(1, words.size() - 2));
  const CLI::Option* wanted = place.option;
  if (wanted == nullptr && begun.starts_with('-') && begun != "-") {
    offer_options(found, *command, begun);
    return found;
  }
  if (wanted == nullptr) wanted = positional_at(*command, place.positionals.size());
  if (wanted != nullptr) offer_values(found, place, *wanted, begun);
  return found;
}

}  // namespace planfile
