#include <memory>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "command.h"
#include "completion.h"

namespace planfile {
namespace {

// Each asks the program itself (`planfile complete`), so that it offers what the program takes.
// The first line of an answer is `files` where the names of files may stand there, else empty.
constexpr std::string_view kBash = R"sh(# planfile's completion for bash
_planfile() {
  local answer line text about
  COMPREPLY=()
  mapfile -t answer < <("${COMP_WORDS[0]}" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  for line in "${answer[@]:1}"; do
    IFS=$'\t' read -r text about <<<"$line"
    [[ $text == *= ]] && compopt -o nospace
    [[ $text == *[[:space:]]* ]] && text=$(printf '%q' "$text")
    COMPREPLY+=("$text")
  done
  [[ ${answer[0]} == files ]] && compopt -o default
}
complete -F _planfile planfile
)sh";

constexpr std::string_view kZsh = R"sh(#compdef planfile
# planfile's completion for zsh
_planfile() {
  local -a answer offers
  local line
  answer=("${(@f)$("${words[1]}" complete -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  for line in "${(@)answer[2,-1]}"; do
    [[ -n $line ]] && offers+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
  done
  if [[ ${offers[1]} == *=:* ]]; then
    _describe planfile offers -S ''
  elif (( ${#offers} )); then
    _describe planfile offers
  fi
  [[ ${answer[1]} == files ]] && _files
}
compdef _planfile planfile
)sh";

constexpr std::string_view kFish = R"sh(# planfile's completion for fish
function __planfile_answer
    set -l words (commandline -opc) (commandline -ct)
    $words[1] complete -- $words[2..-1] 2>/dev/null
end
complete -c planfile -f -a '(__planfile_answer | tail -n +2)'
complete -c planfile -F -n 'test (__planfile_answer | head -n 1) = files'
)sh";

int print_script(std::string_view shell, Io io) {
  io.out << (shell == "bash" ? kBash : shell == "zsh" ? kZsh : kFish);
  return kDone;
}

int answer(const std::vector<std::string>& words, Io io) {
  const Completion found = complete(words);
  io.out << (found.files ? "files\n" : "\n");
  for (const Candidate& candidate : found.candidates) {
    fmt::print(io.out, "{}\t{}\n", candidate.text, candidate.about);
  }
  return kDone;
}

}  // namespace

void add_completions(CLI::App& app, Action& chosen) {
  auto* command =
      app.add_subcommand("completions", "Print what makes a shell complete planfile's words");
  auto shell = std::make_shared<std::string>();
  command->add_option("SHELL", *shell, "The shell")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->footer(
      "In ~/.bashrc: source <(planfile completions bash). An installed planfile brings all three.");
  command->callback(
      [&chosen, shell] { chosen = [shell](Io io) { return print_script(*shell, io); }; });
}

void add_complete(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("complete", "Answer a shell: what may the last word become");
  auto words = std::make_shared<std::vector<std::string>>();
  command->add_option("WORD", *words, "The words after the program's name");
  command->group("");  // for shells, not for people
  command->callback([&chosen, words] { chosen = [words](Io io) { return answer(*words, io); }; });
}

}  // namespace planfile
