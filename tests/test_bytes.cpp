#include "planfile/bytes.h"

#include <boost/test/unit_test.hpp>

#include <sys/resource.h>

#include <csignal>
#include <sstream>
#include <stdexcept>
#include <streambuf>
#include <string>
#include <vector>

#include "support.h"

namespace planfile {
namespace {

std::string read_all(ByteSource& source, std::size_t piece) {
  std::string text;
  std::vector<char> into(piece);
  while (const std::size_t size = source.read(into)) text.append(into.data(), size);
  return text;
}

// Longer than what is copied at once, and unlike itself at every place.
std::string long_text() {
  std::string text;
  for (int line = 0; text.size() < 3'000'000; ++line) text += std::to_string(line) + '\n';
  return text;
}

auto is(Errc code, const std::string& message) {
  return [code, message](const Error& error) {
    BOOST_TEST(error.what() == message);
    return error.code() == code;
  };
}

// A medium that fails after a few bytes.
class Failing : public std::streambuf {
  int_type underflow() override {
    if (given_) throw std::runtime_error("the cable is out");
    given_ = true;
    setg(text_, text_, text_ + sizeof text_ - 1);
    return traits_type::to_int_type(*text_);
  }

  char text_[6] = "a,b\nc";
  bool given_ = false;
};

// While it lives no file can grow beyond some bytes, as on a full disk.
class FullDisk {
 public:
  explicit FullDisk(rlim_t size) : former_handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &former_);
    const rlimit limit{size, former_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &former_);
    std::signal(SIGXFSZ, former_handler_);
  }

 private:
  void (*former_handler_)(int);
  rlimit former_{};
};

BOOST_AUTO_TEST_SUITE(bytes)

BOOST_FIXTURE_TEST_CASE(a_file_is_read_from_first_to_last_and_again, test::Folder) {
  const std::string text = long_text();
  const auto source = file_bytes(write("指标 表.csv", text));

  BOOST_TEST(source->size() == text.size());
  BOOST_TEST((read_all(*source, 1000) == text));
  BOOST_TEST((read_all(*source, 1000).empty()));
  source->rewind();
  BOOST_TEST((read_all(*source, std::size_t{1} << 22) == text));
}

BOOST_FIXTURE_TEST_CASE(what_is_no_file_is_named, test::Folder) {
  write("folder/x", "");

  BOOST_CHECK_EXCEPTION(file_bytes(path("none.csv")), Error,
                        is(Errc::no_such_file, path("none.csv") + ": no such file"));
  BOOST_CHECK_EXCEPTION(file_bytes(path("folder")), Error,
                        is(Errc::no_such_file, path("folder") + ": a folder, not a file"));
  BOOST_CHECK_EXCEPTION(
      file_bytes(path("folder/x/y")), Error,
      is(Errc::no_such_file, path("folder/x/y") + ": can't be read: Not a directory"));
}

BOOST_FIXTURE_TEST_CASE(a_pipe_is_read_as_a_stream, test::Folder) {
  const std::string pipe = test::shell_word(path("pipe"));
  test::shell("mkfifo " + pipe + "; (seq 1 300000 >" + pipe + ") >/dev/null 2>&1 &");
  const std::string expected = test::shell("seq 1 300000").out;

  const auto source = file_bytes(path("pipe"));

  BOOST_TEST(source->size() == expected.size());
  BOOST_TEST((read_all(*source, 1000) == expected));
  source->rewind();
  BOOST_TEST((read_all(*source, 100'000) == expected));
}

BOOST_AUTO_TEST_CASE(a_device_without_bytes_is_empty) {
  BOOST_TEST(file_bytes("/dev/null")->size() == 0U);
}

BOOST_AUTO_TEST_CASE(a_stream_can_be_read_again) {
  const std::string text = long_text();
  std::istringstream in(text);

  const auto source = stream_bytes(in);

  BOOST_TEST(source->size() == text.size());
  BOOST_TEST((read_all(*source, 1000) == text));
  source->rewind();
  BOOST_TEST((read_all(*source, 1000) == text));
}

BOOST_AUTO_TEST_CASE(a_stream_that_breaks_is_an_error) {
  Failing medium;
  std::istream in(&medium);

  BOOST_CHECK_EXCEPTION(stream_bytes(in), Error,
                        is(Errc::storage, "the input: can't be read to its end"));
}

BOOST_FIXTURE_TEST_CASE(a_disk_too_full_for_the_stream_is_an_error, test::Folder) {
  std::istringstream in(long_text());
  const FullDisk disk(100'000);

  BOOST_CHECK_EXCEPTION(stream_bytes(in), Error, [](const Error& error) {
    const std::string message = error.what();
    BOOST_TEST(message.ends_with(": no room for a copy of the input: File too large"));
    return error.code() == Errc::storage;
  });
}

BOOST_AUTO_TEST_CASE(a_text_is_read_in_pieces_of_any_size) {
  const auto source = text_bytes("a,b\n");

  BOOST_TEST(source->size() == 4U);
  BOOST_TEST(read_all(*source, 3) == "a,b\n");
  source->rewind();
  BOOST_TEST(read_all(*source, 1) == "a,b\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace planfile
