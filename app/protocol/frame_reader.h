#pragma once

#include "events/member_reader.h"

#include <QByteArray>
#include <QDateTime>

namespace longcode::protocol {

/// Sequence numbers stay exact in every JSON reader (RFC 8259, section 6).
inline constexpr qint64 maximumSeq = (qint64(1) << 53) - 1;

/// Reads the members of one frame or fact. Every member must be there; what is not known is passed over. The
/// first thing wrong is named in `problem`, which outlives the reader.
class FrameReader {
public:
    FrameReader(events::MemberReader member, QString &problem)
        : m_member(std::move(member)), m_problem(&problem) {}

    /// UTF-16 units.
    [[nodiscard]] QString text(const char *name, qsizetype maximumLength);
    /// The same, and not empty.
    [[nodiscard]] QString filledText(const char *name, qsizetype maximumLength);
    [[nodiscard]] qint64 number(const char *name, qint64 least, qint64 most);
    /// A sequence number or a count.
    [[nodiscard]] qint64 count(const char *name) { return number(name, 0, maximumSeq); }
    [[nodiscard]] QDateTime time(const char *name);
    /// An empty text is a time that is not known.
    [[nodiscard]] QDateTime timeOrNone(const char *name);
    [[nodiscard]] bool flag(const char *name);
    [[nodiscard]] QByteArray bytes(const char *name, qsizetype maximumBytes);
    /// The same of a member that may be missing.
    [[nodiscard]] QByteArray bytesOrNone(const char *name, qsizetype maximumBytes);
    [[nodiscard]] QStringList texts(const char *name, qsizetype mostTexts, qsizetype maximumLength);
    /// An array of objects. Stops at the first thing wrong.
    void objects(const char *name, int most, const std::function<void(FrameReader)> &read);
    /// An empty one when there is none, which is then the problem.
    [[nodiscard]] FrameReader object(const char *name);

    void wrong(const char *name) { m_member.wrong(name); }
    void record(const char *name, const char *what);

private:
    events::MemberReader m_member;
    QString *m_problem;
};

} // namespace longcode::protocol
