#include "terminal.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cwchar>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <histedit.h>
#include <langinfo.h>
#include <sys/ioctl.h>
#include <poll.h>
#include <unistd.h>

#include "history.h"
#include "planfile/version.h"

namespace planfile {
namespace {

constexpr wchar_t kInterrupt = L'\x03';  // what Ctrl-C is to the line editor
constexpr wchar_t kLineEnd = L'\x05';    // Ctrl-E
constexpr char kEndOfInput = '\x04';  // Ctrl-D; one typed before the prompt is there comes as '\0'

volatile std::sig_atomic_t interrupted = 0, resized = 0, continued = 0;

void note_interrupt(int) { interrupted = 1; }
void note_resize(int) { resized = 1; }
void note_continue(int) { continued = 1; }

// Without SA_RESTART, so that a signal ends the wait for a key.
void handle(int signal, void (*handler)(int)) {
  struct sigaction action = {};
  action.sa_handler = handler;
  sigaction(signal, &action, nullptr);
}

std::wstring wide(std::string_view text) {
  std::wstring result;
  std::mbstate_t state{};
  while (!text.empty()) {
    wchar_t c = 0;
    const std::size_t size = std::mbrtowc(&c, text.data(), text.size(), &state);
    const bool is_broken = size == 0 || size > text.size();
    result += is_broken ? L'\xFFFD' : c;
    if (is_broken) state = {};
    text.remove_prefix(is_broken ? 1 : size);
  }
  return result;
}

std::string narrow(std::wstring_view text) {
  std::string result;
  std::mbstate_t state{};
  for (const wchar_t c : text) {
    char bytes[MB_LEN_MAX];
    const std::size_t size = std::wcrtomb(bytes, c, &state);
    if (size != static_cast<std::size_t>(-1)) result.append(bytes, size);
  }
  return result;
}

// libedit counts characters and cells by the locale's encoding, which has to be UTF-8.
void use_utf8() {
  std::setlocale(LC_CTYPE, "");
  const std::string_view encoding = nl_langinfo(CODESET);
  if (encoding != "UTF-8") std::setlocale(LC_CTYPE, "C.UTF-8");
}

std::size_t terminal_columns() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

// Lists words in as many columns as the terminal has room for.
std::string listed(const std::vector<Suggestion>& words, std::size_t width) {
  constexpr std::size_t kMost = 60, kGap = 2;
  const std::size_t count = std::min(words.size(), kMost);
  std::size_t widest = 0;
  for (std::size_t at = 0; at < count; ++at) {
    widest = std::max(widest, display_width(words[at].shown));
  }
  const std::size_t across = std::max<std::size_t>(1, width / (widest + kGap));
  const std::size_t down = (count + across - 1) / across;
  std::string text;
  for (std::size_t line = 0; line < down; ++line) {
    for (std::size_t at = line; at < count; at += down) {
      text += words[at].shown;
      if (at + down >= count) continue;
      text.append(widest + kGap - display_width(words[at].shown), ' ');
    }
    text += "\r\n";
  }
  if (words.size() > count) text += fmt::format("... and more\r\n");
  return text;
}

class Terminal {
 public:
  Terminal(ShellOptions options, Io io);
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  ~Terminal();

  int run();

 private:
  enum class Said { line, cleared, end };

  void bind_keys();
  Said read_line(std::string& line);
  void take(const std::string& line);
  void remember(const std::string& line);
  unsigned char complete();

  static Terminal& of(EditLine* editor);
  static wchar_t* prompt(EditLine* editor);
  static int read_key(EditLine* editor, wchar_t* key);
  static unsigned char complete_key(EditLine* editor, wint_t) { return of(editor).complete(); }
  static unsigned char clear_key(EditLine* editor, wint_t);
  static unsigned char suspend_key(EditLine* editor, wint_t);

  Io io_;
  PagedScreen screen_;
  Shell shell_;
  HistoryFile file_;
  std::string typed_;  // the statement so far, for the history
  std::wstring prompt_;
  bool at_end_ = false;  // the cursor was sent to the end of the line, and Ctrl-C comes next
  bool cleared_ = false;
  HistoryW* history_;
  EditLine* editor_;
};

Io interruptible(Io io) {
  io.interrupted = [] { return interrupted != 0; };
  return io;
}

Terminal::Terminal(ShellOptions options, Io io)
    : io_(interruptible(std::move(io))),
      screen_(io_),
      shell_(std::move(options), io_, screen_),
      file_(history_path()),
      history_(history_winit()),
      editor_(el_init("planfile", stdin, stdout, stderr)) {
  if (history_ == nullptr || editor_ == nullptr) {
    throw Error(Errc::storage, "the terminal can't be used");
  }
  constexpr int kRemembered = 2000;
  HistEventW event;
  history_w(history_, &event, H_SETSIZE, kRemembered);
  history_w(history_, &event, H_SETUNIQUE, 1);
  for (const std::string& line : file_.read()) {
    history_w(history_, &event, H_ENTER, wide(line).c_str());
  }
  bind_keys();
}

Terminal::~Terminal() {
  if (editor_ != nullptr) el_end(editor_);
  if (history_ != nullptr) history_wend(history_);
}

void Terminal::bind_keys() {
  el_wset(editor_, EL_CLIENTDATA, this);
  el_wset(editor_, EL_PROMPT, prompt);
  el_wset(editor_, EL_EDITOR, L"emacs");
  el_wset(editor_, EL_HIST, history_w, history_);
  el_wset(editor_, EL_GETCFN, read_key);
  // While a line is typed, Ctrl-C is a key like others and keeps its place among them. While a
  // statement runs it is a signal, which throws away nothing that is on its way to the terminal.
  el_wset(editor_, EL_SETTY, L"-d", L"-isig", nullptr);
  el_wset(editor_, EL_SETTY, L"-x", L"+noflsh", nullptr);
  el_wset(editor_, EL_ADDFN, L"planfile-complete", L"Complete the word", complete_key);
  el_wset(editor_, EL_ADDFN, L"planfile-clear", L"Forget the line", clear_key);
  el_wset(editor_, EL_ADDFN, L"planfile-suspend", L"Go to the background", suspend_key);
  const auto bind = [&](const wchar_t* key, const wchar_t* command) {
    el_wset(editor_, EL_BIND, key, command, nullptr);
  };
  bind(L"^I", L"planfile-complete");
  bind(L"^C", L"planfile-clear");
  bind(L"^Z", L"planfile-suspend");
  bind(L"^R", L"em-inc-search-prev");
  for (const wchar_t* home : {L"\\e[1~", L"\\e[7~", L"\\e[H", L"\\eOH"}) {
    bind(home, L"ed-move-to-beg");
  }
  for (const wchar_t* end : {L"\\e[4~", L"\\e[8~", L"\\e[F", L"\\eOF"})
    bind(end, L"ed-move-to-end");
  bind(L"\\e[3~", L"ed-delete-next-char");
  bind(L"\\e[1;5C", L"em-next-word");
  bind(L"\\e[1;5D", L"ed-prev-word");
  el_source(editor_, nullptr);  // the user's ~/.editrc
}

Terminal& Terminal::of(EditLine* editor) {
  void* terminal = nullptr;
  el_wget(editor, EL_CLIENTDATA, &terminal);
  return *static_cast<Terminal*>(terminal);
}

wchar_t* Terminal::prompt(EditLine* editor) {
  Terminal& self = of(editor);
  self.prompt_ = wide(self.shell_.prompt());
  return self.prompt_.data();
}

// Waits until a key can be read; false when a signal came. One that comes just before the wait ends
// it as well, as signals are held back but for the wait itself.
bool wait_for_key() {
  sigset_t held, usual;
  sigemptyset(&held);
  for (const int signal : {SIGINT, SIGWINCH, SIGCONT}) sigaddset(&held, signal);
  sigprocmask(SIG_BLOCK, &held, &usual);
  bool has_key = false;
  if (interrupted == 0 && resized == 0 && continued == 0) {
    pollfd keys{STDIN_FILENO, POLLIN, 0};
    has_key = ppoll(&keys, 1, nullptr, &usual) > 0;
  }
  sigprocmask(SIG_SETMASK, &usual, nullptr);
  return has_key;
}

// The next character of the terminal; 1 when there is one. Before a Ctrl-C comes a Ctrl-E, so that
// what is shown next stands behind all of the line.
int Terminal::read_key(EditLine* editor, wchar_t* key) {
  if (std::exchange(of(editor).at_end_, false)) {
    *key = kInterrupt;
    return 1;
  }
  const auto interrupt = [&] {
    of(editor).at_end_ = true;
    *key = kLineEnd;
    return 1;
  };
  std::mbstate_t state{};
  for (;;) {
    char byte = 0;
    const bool has_key = wait_for_key();
    const ssize_t got = has_key ? ::read(STDIN_FILENO, &byte, 1) : 0;
    if (!has_key || (got < 0 && errno == EINTR)) {
      if (interrupted != 0) return interrupt();
      if (std::exchange(resized, 0) != 0) el_resize(editor);
      if (std::exchange(continued, 0) != 0) {
        el_wset(editor, EL_PREP_TERM, 0);
        el_wset(editor, EL_PREP_TERM, 1);
        el_wset(editor, EL_REFRESH);
      }
      continue;
    }
    if (got <= 0) return static_cast<int>(got);
    if (byte == '\0') byte = kEndOfInput;
    const std::size_t size = std::mbrtowc(key, &byte, 1, &state);
    if (size == static_cast<std::size_t>(-2)) continue;  // more bytes belong to it
    if (size == static_cast<std::size_t>(-1)) *key = L'\xFFFD';
    if (*key == kInterrupt) return interrupt();
    return 1;
  }
}

unsigned char Terminal::clear_key(EditLine* editor, wint_t) {
  of(editor).cleared_ = true;
  return CC_EOF;
}

// `read_key` puts the line back on the screen when it goes on.
unsigned char Terminal::suspend_key(EditLine* editor, wint_t) {
  el_wset(editor, EL_PREP_TERM, 0);
  std::raise(SIGTSTP);
  return CC_NORM;
}

// Writes what all words share; where that is nothing new, lists them.
unsigned char Terminal::complete() {
  const LineInfoW* info = el_wline(editor_);
  const auto span = [](const wchar_t* from, const wchar_t* to) {
    return narrow({from, static_cast<std::size_t>(to - from)});
  };
  const std::string before = span(info->buffer, info->cursor);
  const bool is_indent = before.find_first_not_of(" \t") == std::string::npos;
  if (is_indent) return el_winsertstr(editor_, L"  ") == 0 ? CC_REFRESH : CC_ERROR;
  Suggestions found;
  try {
    found = shell_.complete(before, span(info->cursor, info->lastchar));
  } catch (const Error&) {
    return CC_ERROR;  // a busy file completes nothing
  }
  if (found.words.empty()) return CC_ERROR;
  std::string text = common_beginning(found.words);
  const std::string typed = before.substr(before.size() - found.size);
  const bool is_only = found.words.size() == 1;
  if (is_only) text += found.closing;
  const bool is_news = is_only || text.size() > typed.size();
  if (is_news && !text.empty()) {
    el_wdeletestr(editor_, static_cast<int>(wide(typed).size()));
    el_winsertstr(editor_, wide(text).c_str());
    return CC_REFRESH;
  }
  std::fputs("\r\n", stdout);
  std::fputs(listed(found.words, terminal_columns()).c_str(), stdout);
  std::fflush(stdout);
  return CC_REDISPLAY;
}

Terminal::Said Terminal::read_line(std::string& line) {
  int count = 0;
  interrupted = 0;
  cleared_ = false;
  el_wset(editor_, EL_PREP_TERM, 1);  // before the prompt, or keys typed at it would be misread
  const wchar_t* text = el_wgets(editor_, &count);
  interrupted = 0;
  if (std::exchange(cleared_, false)) return Said::cleared;
  if (text == nullptr || count <= 0) return Said::end;
  line = narrow({text, static_cast<std::size_t>(count)});
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
  return Said::line;
}

// A statement goes into the history whole, once it is.
void Terminal::remember(const std::string& line) {
  typed_ += line + '\n';
  if (!shell_.pending().empty()) return;
  const std::string typed = std::exchange(typed_, {});
  const bool is_command = typed.starts_with('.');
  const std::string statement = is_command ? line : folded(typed);
  if (statement.empty()) return;
  HistEventW event;
  history_w(history_, &event, H_ENTER, wide(statement).c_str());
  file_.add(statement);
}

void Terminal::take(const std::string& line) {
  std::string trouble;
  try {
    shell_.take(line);
  } catch (const Error& error) {
    trouble = error.what();
  } catch (const std::exception& error) {  // out of memory
    trouble = error.what();
  }
  io_.out.flush();
  if (interrupted != 0) std::fputs("\n", stderr);  // behind the ^C that the terminal shows
  if (!trouble.empty()) io_.err << trouble << '\n';
  io_.err.flush();
}

int Terminal::run() {
  fmt::print(io_.err, "planfile {}: {}; .help lists commands, .quit leaves\n", kVersion,
             shell_.about());
  handle(SIGINT, note_interrupt);
  handle(SIGWINCH, note_resize);
  handle(SIGCONT, note_continue);
  std::string line;
  while (!shell_.is_over()) {
    switch (read_line(line)) {
      case Said::line:
        take(line);
        remember(line);
        break;
      case Said::cleared:
        std::fputs("^C\r\n", stdout);
        std::fflush(stdout);
        shell_.forget();
        typed_.clear();
        break;
      case Said::end:
        std::fputs("\n", stdout);
        std::fflush(stdout);
        shell_.leave();
        break;
    }
  }
  shell_.end();
  return kDone;
}

}  // namespace

int run_terminal(ShellOptions options, Io io) {
  use_utf8();
  return Terminal(std::move(options), std::move(io)).run();
}

}  // namespace planfile
