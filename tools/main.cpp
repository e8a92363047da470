#include <csignal>
#include <iostream>
#include <string>
#include <vector>

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "command.h"

namespace {

// Whoever read the output has seen enough (`| head`): that is no failure. A reader of messages
// that goes away changes nothing.
void end_quietly(int) {
  pollfd out{STDOUT_FILENO, POLLOUT, 0};
  if (poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0) _exit(0);
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
  return size.ws_col;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, end_quietly);
  std::ios::sync_with_stdio(false);
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  return planfile::run_command(arguments,
                               {std::cin, std::cout, std::cerr, terminal_width(STDOUT_FILENO),
                                terminal_width(STDERR_FILENO), interrupted});
}
