// One HTML page with the result as a table.
#include <fmt/format.h>
#include <fmt/ostream.h>

#include "markup.h"
#include "writers.h"

namespace planfile {
namespace {

constexpr std::string_view kStyle = R"css(
:root{color-scheme:light dark;--ink:#1f2328;--paper:#fff;--line:#d0d7de;--head:#f0f3f6;--soft:#57606a}
@media (prefers-color-scheme:dark){
:root{--ink:#e6edf3;--paper:#0d1117;--line:#3d444d;--head:#1c2128;--soft:#9198a1}}
body{margin:1.5rem;color:var(--ink);background:var(--paper);line-height:1.5}
table{border-collapse:collapse}
caption{text-align:left;padding:0 0 .8em;max-width:50em}
caption strong{display:block;font-size:1.25em}
th,td{padding:.35em .8em;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;
max-width:32em;overflow-wrap:break-word}
thead th{position:sticky;top:0;background:var(--head);border-bottom:2px solid var(--line)}
.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
tbody tr:hover{background:var(--head)}
tfoot td,.about{color:var(--soft)}
.about{max-width:50em;margin-top:2em;font-size:.9em}
.about h2{font-size:1em}.about dl{display:grid;grid-template-columns:max-content 1fr;gap:.2em 1em}
.about dt{font-weight:600}.about dd{margin:0}
@media print{
:root{--ink:#000;--paper:#fff;--line:#999;--head:#eee;--soft:#333}
body{margin:0;font-size:9pt}thead{display:table-header-group}thead th{position:static}
tr{break-inside:avoid}}
)css";

class HtmlWriter : public HeldRows {
 public:
  HtmlWriter(std::ostream& out, const WriteOptions& options)
      : out_(out), lang_(options.lang), caption_(options.caption) {}

 protected:
  void begin(const Table& first) override {
    columns_ = first.columns;
    numeric_ = numeric_columns(first);
    open_page();
    out_ << "<table>\n";
    print_caption();
    out_ << "<thead><tr>";
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string note = note_on(columns_[i]);
      fmt::print(out_, "<th scope=\"col\"{}{}>{}</th>", numeric_[i] ? " class=\"n\"" : "",
                 note.empty() ? "" : fmt::format(" title=\"{}\"", escaped(note)),
                 escaped_lines(columns_[i]));
    }
    out_ << "</tr></thead>\n<tbody>\n";
  }

  void line(std::span<const Cell> cells) override {
    out_ << "<tr>";
    for (std::size_t i = 0; i < cells.size(); ++i) {
      out_ << (numeric_[i] ? "<td class=\"n\">" : "<td>") << escaped_lines(to_text(cells[i]))
           << "</td>";
    }
    out_ << "</tr>\n";
  }

  void end(std::optional<std::size_t> cut_after) override {
    out_ << "</tbody>\n";
    if (cut_after) {
      fmt::print(out_, "<tfoot><tr><td colspan=\"{}\">{}</td></tr></tfoot>\n", columns_.size(),
                 cut_note(*cut_after, lang_));
    }
    out_ << "</table>\n";
    print_about();
    out_ << "</body>\n</html>\n";
  }

 private:
  [[nodiscard]] std::string_view word(std::string_view zh, std::string_view en) const {
    return lang_ == "zh" ? zh : en;
  }

  [[nodiscard]] const std::string& about() const {
    return lang_ == "zh" ? caption_.about_zh : caption_.about;
  }

  [[nodiscard]] std::string note_on(const std::string& column) const {
    const auto note = caption_.notes.find(column);
    if (note == caption_.notes.end()) return {};
    return lang_ == "zh" ? note->second.about_zh : note->second.about;
  }

  void open_page() {
    const std::string_view title =
        caption_.name.empty() ? word("查询结果", "Result") : caption_.name;
    fmt::print(out_,
               "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n"
               "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"/>\n"
               "<title>{}</title>\n<style>body{{font-family:{}}}{}</style>\n</head>\n<body>\n",
               language_tag(lang_), escaped(title), kFonts, kStyle);
  }

  void print_caption() {
    if (caption_.name.empty() && caption_.statement.empty()) return;
    if (caption_.name.empty()) {
      fmt::print(out_, "<caption><code>{}</code></caption>\n", escaped_lines(caption_.statement));
    } else {
      fmt::print(out_, "<caption><strong>{}</strong>{}</caption>\n", escaped(caption_.name),
                 escaped(first_sentence(about())));
    }
  }

  // The query's whole documentation, below the rows.
  void print_about() {
    if (caption_.name.empty()) return;
    fmt::print(out_, "<section class=\"about\">\n<p>{}</p>\n", escaped_lines(about()));
    print_terms(word("参数", "Parameters"), caption_.parameters);
    std::vector<std::pair<std::string, std::string>> notes;
    for (const std::string& column : columns_) {
      if (const std::string note = note_on(column); !note.empty()) notes.emplace_back(column, note);
    }
    print_terms(word("各列", "Columns"), notes);
    out_ << "</section>\n";
  }

  void print_terms(std::string_view title,
                   const std::vector<std::pair<std::string, std::string>>& terms) {
    if (terms.empty()) return;
    fmt::print(out_, "<h2>{}</h2>\n<dl>\n", title);
    for (const auto& [term, text] : terms) {
      fmt::print(out_, "<dt>{}</dt><dd>{}</dd>\n", escaped(term),
                 text.empty() ? "—" : escaped_lines(text));
    }
    out_ << "</dl>\n";
  }

  std::ostream& out_;
  std::string_view lang_;
  Caption caption_;
  std::vector<std::string> columns_;
  std::vector<bool> numeric_;
};

}  // namespace

std::unique_ptr<RowSink> make_html_writer(std::ostream& out, const WriteOptions& options) {
  return std::make_unique<HtmlWriter>(out, options);
}

}  // namespace planfile
