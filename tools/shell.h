// The engine of the shell: takes lines, as typed or from a script, and runs what they say.
#pragma once

#include <cstddef>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "command.h"
#include "shell_words.h"
#include "output.h"
#include "pager.h"
#include "planfile/writer.h"

namespace planfile {

// How the shell deals with people, and with scripts.
enum class Manner {
  interactive,  // someone types: errors are told and the next line awaited
  script        // the first error ends it, named by its line
};

// Behind the message about a statement that would change rows where SQL only reads.
inline constexpr std::string_view kWriteHint = "; with --write, SQL may change rows";

struct ShellOptions {
  std::string file;
  std::string script = "stdin";  // the script's name, for messages
  OutputOptions output;
  double timeout = 0;
  bool write = false;
  Manner manner = Manner::script;
};

class Shell {
 public:
  // Opens the file. Errors as Reader and Writer. `screen` must outlive the shell.
  Shell(ShellOptions options, Io io, Screen& screen);
  Shell(const Shell&) = delete;
  Shell& operator=(const Shell&) = delete;
  ~Shell();

  // Takes the next line: a command that begins with a dot, or a part of SQL, which runs once its
  // statements are complete. Error where what it ran failed; the shell can go on.
  void take(std::string_view line);

  // After the last line: runs what has no semicolon yet. Errc::usage when a transaction is open,
  // whose changes are undone.
  void end();

  // Forgets the statement that is begun.
  void forget() { pending_.clear(); }

  [[nodiscard]] bool is_over() const { return is_over_; }
  [[nodiscard]] int exit_code() const { return exit_code_; }

  // Ends it, as .quit does.
  void leave() { is_over_ = true; }

  // The file and what may be done with it, for a greeting.
  [[nodiscard]] std::string about() const;

  // What to show before the next line; the other lines of a statement get dots.
  [[nodiscard]] std::string prompt();

  // The lines so far of a statement that is not complete.
  [[nodiscard]] const std::string& pending() const { return pending_; }

  // What the word at the end of `before` may become; `after` follows the cursor.
  [[nodiscard]] Suggestions complete(std::string_view before, std::string_view after);

 private:
  struct Command {
    std::string_view name, usage, about;
    void (Shell::*run)(const std::vector<std::string>&);
  };
  static const std::vector<Command>& commands();

  Reader& reader() { return *reader_; }
  bool is_nothing() const;
  OutputOptions next_output();  // how the next result is written
  bool is_table() const {
    return options_.output.format.empty() || options_.output.format == "table";
  }
  void add(std::string_view line);
  void run_pending();
  void run(std::string_view statement, std::size_t line);
  void run_statement(std::string_view statement);
  void explain(std::string_view statement);
  void tell_rows(std::string_view statement, std::int64_t rows);
  [[noreturn]] void fail(const Error& error, std::size_t line) const;
  // Runs one of planfile's commands over the file.
  void run_words(std::vector<std::string> words);
  // Calls `work` with a place for its result.
  void shown(const std::function<void(const Io&)>& work);

  void command(std::string_view line);
  void do_chart(const std::vector<std::string>& words);
  void do_help(const std::vector<std::string>& words);
  void do_tables(const std::vector<std::string>& words);
  void do_schema(const std::vector<std::string>& words);
  void do_describe(const std::vector<std::string>& words);
  void do_queries(const std::vector<std::string>& words);
  void do_run(const std::vector<std::string>& words);
  void do_save(const std::vector<std::string>& words);
  void do_format(const std::vector<std::string>& words);
  void do_once(const std::vector<std::string>& words);
  void do_output(const std::vector<std::string>& words);
  void do_timer(const std::vector<std::string>& words);
  void do_explain(const std::vector<std::string>& words);
  void do_quit(const std::vector<std::string>& words);

  ShellOptions options_;
  Io io_;
  Screen& screen_;
  std::unique_ptr<Reader> reader_;
  Writer* writer_ = nullptr;  // the same, when the file may be changed
  SqlVocabulary vocabulary_;
  std::unique_ptr<std::ofstream> output_;  // where results go instead of the screen
  std::string output_format_;              // that its name ends in
  std::string once_;                       // the file that the next result goes to
  std::string pending_;
  std::string last_;             // the statement that ran last
  std::function<void()> again_;  // gives the last rows anew
  std::size_t lines_ = 0;        // taken so far
  std::size_t begun_ = 0;        // the line on which `pending_` begins
  bool has_timer_ = false, is_over_ = false;
  int exit_code_ = kDone;
};

}  // namespace planfile
