#include <boost/test/unit_test.hpp>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support.h"

namespace planfile::test {
namespace {

// The command at a terminal of its own, as its user types. A test waits for what it expects to see,
// long enough for the slowest machine, so nothing depends on time.
class Typist {
 public:
  Typist(const PlanFile& folder, const std::string& pager) {
    winsize size{24, 80, 0, 0};
    child_ = forkpty(&terminal_, nullptr, nullptr, &size);
    if (child_ == 0) {
      setenv("TERM", "xterm", 1);
      setenv("LC_ALL", "C.UTF-8", 1);
      setenv("PAGER", pager.c_str(), 1);
      setenv("XDG_STATE_HOME", folder.path("state").c_str(), 1);
      setenv("HOME", folder.path("").c_str(), 1);
      execl(PLANFILE_COMMAND, "planfile", "sql", folder.file().c_str(),
            static_cast<char*>(nullptr));
      _exit(127);
    }
  }
  Typist(const Typist&) = delete;
  Typist& operator=(const Typist&) = delete;
  ~Typist() {
    if (child_ > 0) {
      kill(child_, SIGKILL);
      waitpid(child_, nullptr, 0);
    }
    ::close(terminal_);
  }

  void type(std::string_view keys) {
    BOOST_REQUIRE(::write(terminal_, keys.data(), keys.size()) ==
                  static_cast<ssize_t>(keys.size()));
  }

  // Waits until the terminal has shown `text` after what was seen before.
  void see(std::string_view text) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    for (;;) {
      const std::size_t at = shown_.find(text);
      if (at != shown_.npos) {
        shown_.erase(0, at + text.size());
        return;
      }
      BOOST_REQUIRE_MESSAGE(std::chrono::steady_clock::now() < end && read_more(),
                            "not seen: " << text << "\nbut: " << shown_);
    }
  }

  // Waits for its end; returns the exit code.
  int leave() {
    while (read_more()) {
    }
    int status = 0;
    waitpid(std::exchange(child_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  bool read_more() {
    constexpr int kMilliseconds = 60000;
    pollfd wait{terminal_, POLLIN, 0};
    if (poll(&wait, 1, kMilliseconds) <= 0) return false;
    char bytes[4096];
    const ssize_t got = ::read(terminal_, bytes, sizeof bytes);
    if (got > 0) shown_.append(bytes, static_cast<std::size_t>(got));
    return got > 0;
  }

  int terminal_ = -1;
  pid_t child_ = -1;
  std::string shown_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(terminal)

BOOST_FIXTURE_TEST_CASE(tab_completes_a_name_within_quotes, PlanFile) {
  Typist user(*this, "");
  user.see("planfile> ");

  user.type("SELECT '=' || code FROM indicator WHERE name = '地区\t");
  user.see("生产总值'");
  user.type(";\r");
  user.see("=gdp");
  user.see("planfile> ");
  user.type("SELECT * FROM observ\t\t");
  user.see("observation   observations");
  user.type("\x03");
  user.see("^C");
  user.type(".quit\r");

  BOOST_TEST(user.leave() == 0);
}

BOOST_FIXTURE_TEST_CASE(ctrl_c_ends_a_statement_or_clears_the_line_but_not_the_shell, PlanFile) {
  Typist user(*this, "");
  user.see("planfile> ");

  user.type("SELECT nonsense\r");
  user.see("...> ");
  user.type("FROM");
  user.see("FROM");
  user.type("\x03");
  user.see("^C");
  user.see("planfile> ");
  user.type(".format csv\r");
  user.see("planfile> ");
  user.type("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT i FROM n;\r");
  user.see("\r\n9999\r\n");  // so it runs
  user.type("\x03");
  user.see("stopped");
  user.see("planfile> ");
  user.type("SELECT 6 * 7;\r");
  user.see("42");
  user.type("\x04");

  BOOST_TEST(user.leave() == 0);
}

BOOST_FIXTURE_TEST_CASE(what_is_longer_than_the_screen_goes_to_the_pager, PlanFile) {
  Typist user(*this, "head -n 3 | tail -n 1");
  user.see("planfile> ");

  user.type(".format csv\r");
  user.see("planfile> ");
  user.type("WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i+1 FROM n) SELECT i FROM n;\r");
  user.see("101");  // the third line; then head left, and so did the statement
  user.see("planfile> ");
  user.type("SELECT 'short';\r");
  user.see("short\r\n");
  user.type(".quit\r");

  BOOST_TEST(user.leave() == 0);
}

BOOST_FIXTURE_TEST_CASE(statements_are_there_the_next_time, PlanFile) {
  {
    Typist user(*this, "");
    user.see("planfile> ");
    user.type("SELECT 'once', -- a remark\r  'more';\r");
    user.see("planfile> ");
    user.type(".quit\r");
    BOOST_TEST(user.leave() == 0);
  }
  BOOST_TEST(read(path("state/planfile/history")) == "SELECT 'once', 'more';\n.quit\n");

  Typist user(*this, "");
  user.see("planfile> ");
  user.type("\x1b[A\x1b[A");
  user.see("SELECT 'once', 'more';");
  user.type("\r");
  user.see("planfile> ");
  user.type("\x04");

  BOOST_TEST(user.leave() == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
