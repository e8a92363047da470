#include <csignal>
#include <iostream>
#include <string>
#include <vector>

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "command.h"
#include "planfile/draft.h"

namespace {

// Whoever read the output has seen enough (`| head`): that is no failure. A reader of messages
// that goes away changes nothing.
void end_quietly(int) {
  pollfd out{STDOUT_FILENO, POLLOUT, 0};
  if (poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0) _exit(0);
}

// Told to end: leaves nothing half written behind.
void end_at_once(int signal) {
  planfile::remove_drafts();
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

volatile std::sig_atomic_t asked_to_stop = 0;

void note_wish(int) { asked_to_stop = 1; }

bool interrupted() {
  std::signal(SIGINT, note_wish);
  return asked_to_stop != 0;
}

std::size_t terminal_width(int stream) {
  winsize size{};
  if (isatty(stream) == 0 || ioctl(stream, TIOCGWINSZ, &size) != 0) return 0;
  constexpr std::size_t kUsual = 80;  // of a terminal that does not know
  return size.ws_col == 0 ? kUsual : size.ws_col;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, end_quietly);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    // Who started the program may have had it ignore one, as nohup does.
    if (std::signal(signal, end_at_once) == SIG_IGN) std::signal(signal, SIG_IGN);
  }
  std::ios::sync_with_stdio(false);
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  return planfile::run_command(arguments,
                               {std::cin, std::cout, std::cerr, terminal_width(STDOUT_FILENO),
                                terminal_width(STDERR_FILENO), interrupted});
}
