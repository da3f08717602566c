#pragma once

#include "contacts/byte_source.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace longcode::contacts {

struct CsvLimits {
    qint64 bytes = 1LL << 30;
    qint64 rows = 2'000'000;
    qsizetype columns = 256;
    qsizetype quotedCellBytes = 128 * 1024; ///< a longer quoted cell counts as a quote that never closes
    qsizetype cellCharacters = 32'767;      ///< what a spreadsheet's cell holds; the rest is cut
    qsizetype recordBytes = 4 * 1024 * 1024;
};

struct CsvRow {
    qint64 line = 0; ///< of the file, from 1, where the row begins
    QStringList cells;
    bool hasStrayQuote = false; ///< quotes did not match and were read as characters
    bool wasCut = false;        ///< cells were too long or too many
    bool isTooLong = false;     ///< the row never seemed to end; what is here is its beginning
};

/// Reads RFC 4180 and what people call CSV: comma, semicolon, tab or bar (found out from the first lines, or
/// said by "sep=;"), quoted line breaks, every kind of line end, blank lines passed over. Holds a piece of
/// the file only, whatever its size. A quote that never closes costs its own row, not the rest of the file.
class CsvReader {
public:
    explicit CsvReader(QIODevice &device, const CsvLimits &limits = {});

    /// The next row with anything in it, or false at the end.
    bool read(CsvRow &row);
    /// An empty text when everything was read; else a sentence that says why not.
    [[nodiscard]] QString whyEnded() const;
    [[nodiscard]] char separator() const { return m_separator; }
    [[nodiscard]] QString encoding() const { return m_source.encoding(); }

private:
    struct Span {
        qsizetype begin = 0;
        qsizetype end = 0;
        bool isQuoted = false;
    };
    enum class Scan : quint8 { Done, NeedsMore, QuoteBroken };
    enum class Quotes : quint8 { Mean, AreCharacters };

    void begin();
    bool fill();
    bool readRecord(CsvRow &row);
    Scan scan(Quotes quotes);
    Scan scanQuoted(qsizetype &at, Span &span);
    Scan scanRecordEnd(qsizetype &at);
    void keep(const Span &span);
    bool take(CsvRow &row);
    void skipRestOfRecord();
    [[nodiscard]] QString cellText(const Span &span, bool &wasCut);
    [[nodiscard]] char charAt(qsizetype at) const { return m_buffer.constData()[at]; }

    ByteSource m_source;
    CsvLimits m_limits;
    QByteArray m_buffer;
    qsizetype m_at = 0;  ///< where the record at work begins in the buffer
    qsizetype m_end = 0; ///< behind its line end, after a scan
    std::vector<Span> m_spans;
    qint64 m_line = 1;
    qint64 m_linesOfRecord = 0;
    qint64 m_rows = 0;
    int m_brokenQuotes = 0;
    char m_separator = ',';
    bool m_hasBegun = false;
    bool m_isAtEnd = false;
    bool m_reachesEnd = false; ///< the record at work has no line end
    bool m_hadTooManyCells = false;
    bool m_hadTooManyRows = false;
};

} // namespace longcode::contacts
