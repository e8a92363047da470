#define BOOST_TEST_MODULE planfile
#include <boost/test/unit_test.hpp>
