#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "output.h"
#include "sections.h"

namespace planfile {
namespace {

std::string_view said(std::string_view lang, const std::string& en, const std::string& zh) {
  if (lang == "zh") return zh.empty() ? en : zh;
  return en.empty() ? zh : en;
}

void print_parameter(Page& page, const Parameter& parameter) {
  const std::string choices = parameter.choices.empty()
                                  ? ""
                                  : fmt::format(", {} {}", in(page.lang(), {"one of:", "取值："}),
                                                fmt::join(parameter.choices, ", "));
  const std::string table =
      parameter.table.empty()
          ? ""
          : fmt::format(", {} {}", in(page.lang(), {"names one", "指"}), parameter.table);
  fmt::print(page.io().out, "  -p {}={}  {}{}{}\n      {}\n", parameter.name,
             to_text(parameter.standard), to_text(parameter.type), choices, table,
             said(page.lang(), parameter.about, parameter.about_zh));
}

void print_columns(Page& page, const Query& query) {
  page.line(
      in(page.lang(), {"columns; a table shows those with a star, --columns and other formats all",
                       "列；表格显示带星号的，--columns 和其他格式可给出全部"}));
  for (const std::string& column : query.columns) {
    const bool is_shown =
        std::find(query.shown.begin(), query.shown.end(), column) != query.shown.end();
    fmt::print(page.io().out, "{} {}\n", is_shown || query.shown.empty() ? " *" : "  ", column);
    const auto own = query.notes.find(column);
    const ColumnNote* note = own != query.notes.end() ? &own->second : page.labels().note(column);
    if (note == nullptr) continue;
    fmt::print(page.io().out, "      {}\n", said(page.lang(), note->about, note->about_zh));
  }
}

// The first rows that it gives on this file.
void print_example(Page& page, const Query& query) {
  constexpr std::size_t kMost = 5;
  TableSink rows;
  page.reader().run(query, {}, rows);
  const std::size_t count = rows.table().rows.size();
  page.line(page.lang() == "zh"
                ? fmt::format("在此文件上：{} 行", count)
                : fmt::format("on this file: {} {}", count, count == 1 ? "row" : "rows"));
  if (count == 0) return;
  const auto out = writer("table", page.io());
  Labelled labelled(*out, page.labels(), query);
  RowSink& to = page.lang() == "zh" ? static_cast<RowSink&>(labelled) : *out;
  LanguageChoice chosen(to, query.columns, query.shown.empty() ? query.columns : query.shown,
                        page.lang());
  chosen.head(rows.table().columns);
  for (std::size_t at = 0; at < std::min(kMost, count); ++at) chosen.row(rows.table().rows[at]);
  chosen.finish();
}

}  // namespace

void describe_query(Page& page, const std::string& name) {
  const Query query = page.reader().query(name);
  page.line(fmt::format("{}{}\n{}", query.name,
                        query.family.empty() ? "" : fmt::format(" ({})", query.family),
                        said(page.lang(), query.about, query.about_zh)));
  if (!query.parameters.empty()) {
    page.line(in(page.lang(), {"parameters and their defaults", "参数及其默认值"}));
  }
  for (const Parameter& parameter : query.parameters) print_parameter(page, parameter);
  print_columns(page, query);
  if (query.chart) {
    page.line(fmt::format("chart: {}, x {}, y {}{}{}", query.chart->kind, query.chart->x,
                          query.chart->y,
                          query.chart->by.empty() ? "" : ", one for each " + query.chart->by,
                          query.chart->target.empty() ? "" : ", target " + query.chart->target));
  }
  print_example(page, query);
}

}  // namespace planfile
