#include "manual.h"

#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "help.h"
#include "planfile/version.h"

namespace planfile {
namespace {

// Text that roff prints as it is.
std::string escaped(std::string_view text) {
  std::string out;
  bool starts = true;  // a line, where a dot or quote would be a request
  for (const char c : text) {
    if (starts && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
    starts = c == '\n';
  }
  return out;
}

std::string page_name(const CLI::App& command) {
  return command.get_parent() == nullptr ? "planfile" : "planfile-" + command.get_name();
}

std::vector<const CLI::Option*> options_of(const CLI::App& command,
                                           bool (*wanted)(const CLI::Option&)) {
  return command.get_options([wanted](const CLI::Option* option) { return wanted(*option); });
}

bool is_positional(const CLI::Option& option) { return option.get_positional(); }
bool is_named(const CLI::Option& option) { return !option.get_positional(); }

std::string synopsis(const CLI::App& command) {
  std::string line = "\\fBplanfile";
  if (command.get_parent() == nullptr) return line + "\\fR \\fICOMMAND\\fR \\fIFILE\\fR ...\n";
  line += " " + escaped(command.get_name()) + "\\fR [\\fIOPTIONS\\fR]";
  for (const CLI::Option* option : options_of(command, is_positional)) {
    const std::string name = fmt::format("\\fI{}\\fR{}", escaped(option->get_name(true)),
                                         is_repeated(*option) ? "..." : "");
    line += option->get_required() ? " " + name : " [" + name + "]";
  }
  return line + "\n";
}

std::string entry(const CLI::Option& option) {
  if (option.get_positional()) {
    return fmt::format(".TP\n\\fI{}\\fR\n{}\n", escaped(option.get_name(true)),
                       escaped(option.get_description()));
  }
  const std::string value = value_of(option);
  const std::string standard = option.get_default_str();
  return fmt::format(".TP\n\\fB{}\\fR{}\n{}{}\n", escaped(option.get_name(false, true)),
                     value.empty() ? "" : " \\fI" + escaped(value) + "\\fR",
                     escaped(option.get_description()),
                     standard.empty() ? "" : "; " + escaped(standard) + " by default");
}

std::string entries(std::string_view title, const std::vector<const CLI::Option*>& options) {
  if (options.empty()) return "";
  std::string out = fmt::format(".SH {}\n", title);
  for (const CLI::Option* option : options) out += entry(*option);
  return out;
}

std::vector<const CLI::App*> commands_of(const CLI::App& root) {
  return root.get_subcommands(
      [](const CLI::App* command) { return !command->get_group().empty(); });
}

std::string commands(const CLI::App& root) {
  std::string out = ".SH COMMANDS\n";
  for (const CLI::App* command : commands_of(root)) {
    out += fmt::format(".TP\n\\fBplanfile\\-{}\\fR(1)\n{}\n", escaped(command->get_name()),
                       escaped(command->get_description()));
  }
  return out;
}

}  // namespace

std::string manual_page(const CLI::App& command) {
  const bool is_root = command.get_parent() == nullptr;
  const CLI::App& root = is_root ? command : *command.get_parent();
  std::string page =
      fmt::format(".TH \"{}\" 1 \"\" \"planfile {}\"\n", page_name(command), kVersion);
  page += fmt::format(".SH NAME\n{} \\- {}\n", escaped(page_name(command)),
                      escaped(command.get_description()));
  page += ".SH SYNOPSIS\n" + synopsis(command);
  page += entries("ARGUMENTS", options_of(command, is_positional));
  page += entries("OPTIONS", options_of(command, is_named));
  if (is_root) page += commands(root);
  if (!is_root && command.get_footer() != root.get_footer()) {
    page += ".SH NOTES\n" + escaped(command.get_footer()) + "\n";
  }
  page +=
      ".SH EXIT STATUS\n0 done; 1 the data was refused, or differs; 2 asked wrongly; 3 could not "
      "work.\n";
  if (!is_root) page += ".SH SEE ALSO\n\\fBplanfile\\fR(1)\n";
  return page;
}

}  // namespace planfile
