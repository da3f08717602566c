#include "contacts/csv_reader.h"

#include "contacts/csv_separator.h"
#include "contacts/say.h"

#include <QIODevice>

#include <algorithm>

namespace longcode::contacts {

namespace {

constexpr qsizetype csvPieceBytes = 64 * 1024;
/// After so many quotes that never close, a quote is a character in the rest of the file. Keeps a hostile
/// file from being searched for closing quotes again and again.
constexpr int mostBrokenQuotes = 100;

} // namespace

CsvReader::CsvReader(QIODevice &device, const CsvLimits &limits)
    : m_source(device, limits.bytes), m_limits(limits) {}

QString CsvReader::whyEnded() const {
    if (m_hadTooManyRows)
        return Say::tr("The file has more than %1 rows; the rest was not read. Split the file.")
            .arg(m_limits.rows);
    return m_source.whyCutShort();
}

/// Reads the first piece and finds the separator.
void CsvReader::begin() {
    m_hasBegun = true;
    fill();
    if (m_buffer.size() >= 5 && m_buffer.startsWith("sep=")) {
        m_separator = charAt(4);
        m_at = 5;
        if (m_at < m_buffer.size() && charAt(m_at) == '\r')
            ++m_at;
        if (m_at < m_buffer.size() && charAt(m_at) == '\n')
            ++m_at;
        ++m_line;
        return;
    }
    m_separator = likelySeparator(m_buffer);
}

/// Reads as much again as is held, so that a long record is not scanned over and over in small steps.
bool CsvReader::fill() {
    if (m_at > 0) {
        m_buffer.remove(0, m_at);
        m_at = 0;
    }
    if (!m_isAtEnd)
        m_isAtEnd = !m_source.appendTo(m_buffer, std::max(csvPieceBytes, m_buffer.size()));
    return !m_isAtEnd;
}

bool CsvReader::read(CsvRow &row) {
    if (!m_hasBegun)
        begin();
    while (readRecord(row)) {
        if (std::all_of(row.cells.begin(), row.cells.end(),
                        [](const QString &cell) { return cell.isEmpty(); }))
            continue;
        if (++m_rows > m_limits.rows) {
            m_hadTooManyRows = true;
            return false;
        }
        return true;
    }
    return false;
}

bool CsvReader::readRecord(CsvRow &row) {
    row.hasStrayQuote = false;
    row.wasCut = false;
    row.isTooLong = false;
    Quotes quotes = m_brokenQuotes > mostBrokenQuotes ? Quotes::AreCharacters : Quotes::Mean;
    for (;;) {
        switch (scan(quotes)) {
        case Scan::Done:
            return take(row);
        case Scan::QuoteBroken:
            ++m_brokenQuotes;
            quotes = Quotes::AreCharacters;
            row.hasStrayQuote = true;
            break;
        case Scan::NeedsMore:
            if (m_buffer.size() - m_at > m_limits.recordBytes) {
                row.isTooLong = true;
                take(row);
                skipRestOfRecord();
                return true;
            }
            fill();
            break;
        }
    }
}

void CsvReader::keep(const Span &span) {
    if (static_cast<qsizetype>(m_spans.size()) < m_limits.columns)
        m_spans.push_back(span);
    else
        m_hadTooManyCells = m_hadTooManyCells || span.end > span.begin;
}

/// Finds the cells of the record that begins at m_at.
CsvReader::Scan CsvReader::scan(Quotes quotes) {
    m_spans.clear();
    m_hadTooManyCells = false;
    m_linesOfRecord = 0;
    m_reachesEnd = false;
    const qsizetype size = m_buffer.size();
    qsizetype at = m_at;
    for (;;) {
        Span span{at, at, false};
        if (quotes == Quotes::Mean && at < size && charAt(at) == '"') {
            const Scan result = scanQuoted(at, span);
            if (result != Scan::Done)
                return result;
        } else {
            while (at < size && charAt(at) != m_separator && charAt(at) != '\n' && charAt(at) != '\r')
                ++at;
            span.end = at;
        }
        keep(span);
        m_end = at;
        if (at < size && charAt(at) == m_separator) {
            ++at;
            continue;
        }
        return scanRecordEnd(at);
    }
}

/// At the line end behind the last cell, or at the end of what is held.
CsvReader::Scan CsvReader::scanRecordEnd(qsizetype &at) {
    const qsizetype size = m_buffer.size();
    if (at == size || (charAt(at) == '\r' && at + 1 == size)) {
        if (!m_isAtEnd)
            return Scan::NeedsMore;
        m_end = size;
        m_reachesEnd = true;
        return Scan::Done;
    }
    at += charAt(at) == '\r' && charAt(at + 1) == '\n' ? 2 : 1;
    ++m_linesOfRecord;
    m_end = at;
    return Scan::Done;
}

/// From the opening quote to behind the cell. Text behind the closing quote makes the whole cell plain
/// characters; where the cell has line breaks, the opening quote was none.
CsvReader::Scan CsvReader::scanQuoted(qsizetype &at, Span &span) {
    const qsizetype size = m_buffer.size();
    const qsizetype opening = at;
    qint64 lineBreaks = 0;
    for (++at; at < size; ++at) {
        if (charAt(at) == '\n')
            ++lineBreaks;
        if (charAt(at) != '"')
            continue;
        if (at + 1 < size && charAt(at + 1) == '"') {
            ++at;
            continue;
        }
        if (at + 1 == size && !m_isAtEnd)
            return Scan::NeedsMore;
        const char next = at + 1 < size ? charAt(at + 1) : '\n';
        if (next == m_separator || next == '\n' || next == '\r') {
            span = {opening + 1, at, true};
            m_linesOfRecord += lineBreaks;
            ++at;
            return at - opening > m_limits.quotedCellBytes ? Scan::QuoteBroken : Scan::Done;
        }
        if (lineBreaks > 0)
            return Scan::QuoteBroken;
        while (at < size && charAt(at) != m_separator && charAt(at) != '\n' && charAt(at) != '\r')
            ++at;
        span = {opening, at, false};
        return Scan::Done;
    }
    const bool isHopeless = m_isAtEnd || at - opening > m_limits.quotedCellBytes;
    return isHopeless ? Scan::QuoteBroken : Scan::NeedsMore;
}

/// Makes the row of the spans; false where nothing is left, or only half a row of a file that broke off: half
/// a number may look like a whole one.
bool CsvReader::take(CsvRow &row) {
    row.cells.clear();
    row.line = m_line;
    if (m_at >= m_buffer.size() || (m_reachesEnd && m_source.end() != SourceEnd::AtEnd))
        return false;
    row.cells.reserve(static_cast<qsizetype>(m_spans.size()));
    for (const Span &span : m_spans)
        row.cells.append(cellText(span, row.wasCut));
    row.wasCut = row.wasCut || m_hadTooManyCells;
    m_line += m_linesOfRecord;
    m_at = m_end;
    return true;
}

/// Behind a record that was too long: to its line end, without keeping it.
void CsvReader::skipRestOfRecord() {
    do {
        const QByteArrayView held = QByteArrayView(m_buffer).sliced(m_at);
        const auto lineEnd =
            std::find_if(held.begin(), held.end(), [](char c) { return c == '\n' || c == '\r'; });
        m_at += lineEnd - held.begin();
    } while (m_at == m_buffer.size() && fill());
}

QString CsvReader::cellText(const Span &span, bool &wasCut) {
    QByteArrayView bytes(m_buffer.constData() + span.begin, span.end - span.begin);
    QByteArray undoubled;
    if (span.isQuoted && bytes.contains('"')) {
        undoubled = bytes.toByteArray().replace("\"\"", "\"");
        bytes = undoubled;
    }
    QString text = m_source.text(bytes);
    if (text.size() > m_limits.cellCharacters) {
        text.truncate(m_limits.cellCharacters);
        wasCut = true;
    }
    return text;
}

} // namespace longcode::contacts
