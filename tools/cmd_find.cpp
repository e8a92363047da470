#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "output.h"
#include "planfile/codes.h"
#include "planfile/search.h"

namespace planfile {
namespace {

struct Options {
  std::string file, kind;
  std::vector<std::string> words;
  OutputOptions output;
};

constexpr std::size_t kUsual = 20;  // things shown to people who set no limit

struct Label {
  std::string_view word, en, zh;
};

// What is said of where a thing was found. Its own name and code show it themselves.
constexpr Label kPlaces[] = {{"name", "", ""},
                             {"name_en", "", ""},
                             {"code", "", ""},
                             {"alias", "alias", "别名"},
                             {"pinyin", "", ""},
                             {"definition", "definition", "定义"},
                             {"definition_en", "definition", "定义"},
                             {"about", "about", "说明"},
                             {"about_en", "about", "说明"},
                             {"category", "category", "类别"},
                             {"publisher", "publisher", "发布单位"},
                             {"note", "note", "备注"},
                             {"formula", "note of its formula", "公式备注"},
                             {"figure", "note of a figure", "数据备注"},
                             {"target", "note of a target", "目标备注"},
                             {"wording", "target", "文字目标"},
                             {"milestone", "note of a milestone", "节点备注"},
                             {"outlay", "note of money", "资金备注"},
                             {"text", "text", "全文"}};

// The byte at which the character begins that `at` bytes from the end or less are of.
std::size_t character_at(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80) --at;
  return at;
}

// The part of the text around what was found, of about so many bytes on either side.
std::string context(const Hit& hit) {
  constexpr std::size_t kAround = 45;
  const std::size_t from =
      hit.begin > kAround + 15 ? character_at(hit.text, hit.begin - kAround) : 0;
  const std::size_t to = hit.text.size() - std::min(hit.end, hit.text.size()) > kAround + 15
                             ? character_at(hit.text, hit.end + kAround)
                             : hit.text.size();
  return fmt::format("{}{}{}", from > 0 ? "…" : "", hit.text.substr(from, to - from),
                     to < hit.text.size() ? "…" : "");
}

std::string place(const Hit& hit, std::string_view lang) {
  const auto label = std::find_if(std::begin(kPlaces), std::end(kPlaces),
                                  [&](const Label& one) { return one.word == hit.which; });
  const std::string_view said = label == std::end(kPlaces) ? hit.which
                                : lang == "zh"             ? label->zh
                                                           : label->en;
  return said.empty() ? "" : fmt::format("{}: {}", said, context(hit));
}

// For people: the name in their language and, where that does not show it, what was found.
void print_for_people(const Hits& hits, const CodeNames& names, Output& out) {
  const std::vector<std::string> en = {"kind", "code", "name", "found"};
  const std::vector<std::string> zh = {"种类", "代码", "名称", "所在"};
  out.head(out.lang() == "zh" ? zh : en);
  for (const Hit& hit : hits.hits) {
    const bool in_english = out.lang() == "en" && !hit.name_en.empty();
    const std::string& name = in_english ? hit.name_en : hit.name;
    std::string found = place(hit, out.lang());
    if (found.empty() && hit.which != "code" && hit.text != name) found = hit.text;
    const auto* kind = out.lang() == "zh" ? names.find("kind", hit.kind) : nullptr;
    const Cell cells[] = {kind == nullptr ? hit.kind : kind->zh, hit.code, name, found};
    out.row(cells);
  }
  out.finish();
}

void print_rows(const Hits& hits, Output& out) {
  const std::vector<std::string> columns = {"kind", "code", "name", "name_en", "which", "text"};
  out.head(columns);
  for (const Hit& hit : hits.hits) {
    const Cell cells[] = {hit.kind,  hit.code,
                          hit.name,  hit.name_en.empty() ? Cell() : Cell(hit.name_en),
                          hit.which, hit.text};
    out.row(cells);
  }
  out.finish();
}

int find(const Options& options, Io io) {
  OutputOptions place = options.output;
  std::size_t most = std::exchange(place.limit, 0);
  Output out(std::move(place), io);
  if (most == 0 && out.is_for_people()) most = kUsual;
  const Hits hits = search(options.file, {options.words, options.kind, most});
  if (hits.found == 0) {
    const bool is_zh = out.lang() == "zh";
    fmt::print(io.err, "{}{}\n", is_zh ? "没有找到" : "nothing found",
               options.kind.empty() ? ""
               : is_zh              ? fmt::format("（种类 {}）", options.kind)
                                    : fmt::format(" of kind {}", options.kind));
    return kRefused;
  }
  if (out.is_for_people()) {
    Reader reader(options.file);
    print_for_people(hits, CodeNames(reader), out);
  } else {
    print_rows(hits, out);
  }
  if (hits.found > hits.hits.size()) {
    fmt::print(
        io.err,
        fmt::runtime(out.lang() == "zh" ? "共 {1} 处，列出最相符的 {0} 处；--limit 可列出更多\n"
                                        : "the best {} of {}; --limit shows more\n"),
        hits.hits.size(), hits.found);
  }
  return kDone;
}

}  // namespace

void add_find(CLI::App& app, Action& chosen) {
  auto* command =
      app.add_subcommand("find", "Find things by words in names, definitions and notes");
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "The plan file")->required();
  command
      ->add_option(
          "WORDS", options->words,
          "All must be found: Chinese inside words, letters where a word begins, or pinyin "
          "of a name, whole (yuecheng) or initials (ycq)")
      ->required();
  const auto& kinds = kinds_of_names();
  command->add_option("--kind", options->kind, "Only things of this kind")
      ->check(CLI::IsMember(std::vector<std::string>(kinds.begin(), kinds.end())));
  add_output(*command, options->output);
  command->footer(
      "A table shows the best 20 unless --limit says otherwise. Exit code 1 when nothing is "
      "found.");
  command->callback(
      [&chosen, options] { chosen = [options](Io io) { return find(*options, io); }; });
}

}  // namespace planfile
