// The shell at a terminal: line editing, history and completion by libedit.
#pragma once

#include "shell.h"

namespace planfile {

// Lets someone type until they leave; returns the exit code.
int run_terminal(ShellOptions options, Io io);

}  // namespace planfile
