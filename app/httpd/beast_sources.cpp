// The separately compiled half of Asio and Beast: once here, so that the other files only instantiate
// streams.
#include <utility> // Boost 1.74's Asio forgets it

#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
