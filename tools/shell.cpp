#include "shell.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "planfile/sql_text.h"
#include "query_plan.h"

namespace planfile {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// The first words of a statement, in capitals, as far as they are keywords.
std::string first_words(std::string_view statement, std::size_t count) {
  std::string words;
  for (const SqlToken& token : sql_tokens(statement)) {
    if (token.kind == SqlToken::Kind::comment) continue;
    if (token.kind != SqlToken::Kind::word || count-- == 0) break;
    words += words.empty() ? "" : " ";
    for (const char c : token.text) {
      words += static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }
  }
  return words;
}

// Counts the rows that pass.
class Counter : public RowSink {
 public:
  explicit Counter(RowSink& to) : to_(to) {}
  void head(std::span<const std::string> columns) override {
    has_head_ = true;
    to_.head(columns);
  }
  void row(std::span<const Cell> cells) override {
    ++rows_;
    to_.row(cells);
  }
  [[nodiscard]] bool is_full() const override { return to_.is_full(); }
  void cut(std::size_t rows) override { to_.cut(rows); }
  void finish() override { to_.finish(); }

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] bool has_head() const { return has_head_; }

 private:
  RowSink& to_;
  std::size_t rows_ = 0;
  bool has_head_ = false;
};

}  // namespace

Shell::Shell(ShellOptions options, Io io, Screen& screen)
    : options_(std::move(options)), io_(std::move(io)), screen_(screen) {
  if (options_.write) {
    auto writer = std::make_unique<Writer>(options_.file);
    writer_ = writer.get();
    reader_ = std::move(writer);
  } else {
    reader_ = std::make_unique<Reader>(options_.file);
  }
  Limits limits = limits_of(options_.timeout);
  limits.stop = [this] { return screen_.is_left() || (io_.interrupted && io_.interrupted()); };
  reader_->set_limits(std::move(limits));
}

Shell::~Shell() = default;

std::string Shell::about() const {
  return fmt::format("{}, {}", options_.file,
                     writer_ == nullptr ? "reading only" : "open for changes");
}

std::string Shell::prompt() {
  std::string text = "planfile";
  if (writer_ != nullptr) text += writer_->in_transaction() ? ":write*" : ":write";
  if (pending_.empty()) return text + "> ";
  return std::string(text.size() - 3, ' ') + "...> ";
}

void Shell::take(std::string_view line) {
  ++lines_;
  if (pending_.empty()) {
    const std::string_view said = trimmed(line);
    if (said.empty()) return;
    begun_ = lines_;
    const bool leaves = said == "quit" || said == "exit" || said == "quit;" || said == "exit;";
    if (said.front() == '.' || leaves) {
      try {
        command(leaves ? ".quit" : said);
      } catch (const Error& error) {
        fail(error, lines_);
      }
      return;
    }
  }
  add(line);
}

// Looks at the whole statement only where its end may be: a long one is not read for each line.
void Shell::add(std::string_view line) {
  const bool is_first = pending_.empty();
  pending_ += line;
  pending_ += '\n';
  const bool may_be_nothing = is_first || line.find("*/") != line.npos;
  if (may_be_nothing && is_nothing()) {
    pending_.clear();
    return;
  }
  const bool may_end =
      line.find(';') != line.npos || line.find("；") != line.npos || line.find("*/") != line.npos;
  if (may_end && is_complete(pending_)) run_pending();
}

// Whether there is nothing but comments.
bool Shell::is_nothing() const {
  const auto tokens = sql_tokens(pending_);
  return std::all_of(tokens.begin(), tokens.end(), [](const SqlToken& token) {
    return token.kind == SqlToken::Kind::comment && token.closed;
  });
}

void Shell::run_pending() {
  const std::string text = std::exchange(pending_, {});
  std::size_t line = begun_;
  for (const std::string_view statement : split_statements(text)) {
    const std::string_view said = trimmed(statement);
    const auto lead = static_cast<std::size_t>(said.data() - statement.data());
    const auto count = [](std::string_view part) {
      return static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n'));
    };
    const std::size_t begins = line + count(statement.substr(0, lead));
    line += count(statement);
    run(said, begins);
    if (is_over_) return;
  }
}

void Shell::run(std::string_view statement, std::size_t line) {
  try {
    run_statement(statement);
    last_ = statement;
  } catch (const Error& error) {
    if (screen_.is_left() && error.code() == Errc::stopped) return;
    fail(error, line);
  }
}

// A script's error is told with the script's line; what helps is added.
void Shell::fail(const Error& error, std::size_t line) const {
  const auto* of_statement = dynamic_cast<const StatementError*>(&error);
  const bool in_script = options_.manner == Manner::script;
  std::string text = error.what();
  if (of_statement != nullptr && in_script) {
    text = of_statement->reason() + of_statement->mark();
    if (of_statement->line() > 0) line += of_statement->line() - 1;
  }
  if (of_statement != nullptr && of_statement->kind() == StatementError::Kind::would_change) {
    text += kWriteHint;
  }
  if (in_script) text = fmt::format("{}:{}: {}", options_.script, line, text);
  throw Error(error.code(), text);
}

void Shell::shown(const std::function<void(const Io&)>& work) {
  if (output_) {
    work(Io{io_.in, *output_, io_.err, 0, io_.err_width, io_.interrupted});
    output_->flush();
    if (!*output_) throw Error(Errc::storage, "the output can't be written");
    return;
  }
  // However it ends, what there is to see is shown first.
  struct Closer {
    Screen& screen;
    ~Closer() { screen.close(); }
  };
  const Closer closer{screen_};
  work(screen_.open());
}

OutputOptions Shell::next_output() {
  OutputOptions options = options_.output;
  if (!once_.empty()) {
    options.file = std::exchange(once_, {});
  } else if (output_) {
    options.file.clear();
    if (options.format.empty()) options.format = output_format_;
  }
  return options;
}

void Shell::run_statement(std::string_view statement) {
  const auto begin = std::chrono::steady_clock::now();
  std::optional<std::int64_t> changed;
  std::size_t rows = 0;
  bool yields = false;
  if (first_words(statement, 3) == "EXPLAIN QUERY PLAN" && is_table()) {
    return explain(statement);
  }
  shown([&](const Io& io) {
    Output to(next_output(), io);
    Counter counter(to);
    if (writer_ != nullptr) {
      changed = writer_->execute(statement, counter);
    } else {
      reader_->sql(statement, counter);
    }
    rows = counter.rows();
    yields = counter.has_head();
  });
  if (changed) tell_rows(statement, *changed);
  if (yields && !changed) again_ = [this, text = std::string(statement)] { run_statement(text); };
  const bool is_empty = yields && rows == 0 && !output_ && is_table();
  if (is_empty && options_.manner == Manner::interactive) fmt::print(io_.err, "no rows\n");
  if (has_timer_) {
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    fmt::print(io_.err, "{:.3f} s, {} {}\n", taken.count(), rows, rows == 1 ? "row" : "rows");
  }
  if (!io_.out) throw Error(Errc::storage, "the output can't be written");
}

void Shell::tell_rows(std::string_view statement, std::int64_t rows) {
  const std::string word = first_words(statement, 1);
  fmt::print(io_.err, "{} {} {}\n", rows, rows == 1 ? "row" : "rows",
             word == "DELETE"                        ? "removed"
             : word == "INSERT" || word == "REPLACE" ? "stored"
                                                     : "changed");
}

void Shell::explain(std::string_view statement) {
  TableSink plan;
  reader_->sql(statement, plan);
  shown([&](const Io& io) {
    print_query_plan(plan.table(), language(options_.output.lang), io.out);
  });
}

void Shell::end() {
  if (!trimmed(pending_).empty() && !is_over_) run_pending();
  if (output_) output_->close();
  if (writer_ == nullptr || !writer_->in_transaction()) return;
  throw Error(Errc::usage, "a transaction was open at the end; its changes are undone");
}

void Shell::run_words(std::vector<std::string> words) {
  int code = kDone;
  shown([&](const Io& io) { code = run_command(words, io); });
  if (code == kDone || options_.manner == Manner::interactive) return;
  exit_code_ = code;
  is_over_ = true;
}

Suggestions Shell::complete(std::string_view before, std::string_view after) {
  if (pending_.empty() && trimmed(before).starts_with('.')) {
    std::vector<std::string_view> names;
    for (const Command& one : commands()) names.push_back(one.name);
    return suggest_for_command(*reader_, vocabulary_, names, before);
  }
  return suggest_for_sql(*reader_, vocabulary_, pending_, before, after);
}

}  // namespace planfile
