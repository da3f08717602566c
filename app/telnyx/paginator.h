#pragma once

#include "telnyx/request.h"
#include "telnyx/transport.h"

namespace longcode::telnyx {

/// How a list is paged (contract, section 3).
enum class PageStyle : quint8 {
    P1, ///< page[number], page[size] up to 250; meta.total_pages
    P2, ///< the same names without a stated limit
    P3, ///< page, page_size; total_records
    P4, ///< page[number], page[size]; total_records
    P5, ///< page, recordsPerPage up to 500; totalRecords
    P1Short, ///< as P1, page[size] up to 50 (detail records)
    P6  ///< page, recordsPerPage; totalRecords, or no total at all
};

/// More pages than this are not read; the list is then refused as a bad answer rather than cut in silence.
inline constexpr int maximumPages = 400;

/// Reads all pages of a list, one after the other, and hands over the entries as one array. `wanted` is asked
/// before each further page; once it says no, the end is ErrorKind::Cancelled. The transport outlives it.
void collectPages(Transport &transport, Request first, PageStyle style, std::function<bool()> wanted,
                  JsonReceiver receiver, int mostPages = maximumPages);

} // namespace longcode::telnyx
