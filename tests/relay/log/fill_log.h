#pragma once

#include <QByteArray>
#include <QString>

namespace longcode::tests {

/// A webhook body of about 1.2 kB in which every `@` stands for the event's number.
[[nodiscard]] QByteArray sampleBody();

/// Makes a new SQLite log at `path` with `count` webhooks (seq 1 to count), much faster than a relay would,
/// and not durably. `body` as sampleBody(). The sentence of what went wrong; empty: done.
[[nodiscard]] QString fillLog(const QString &path, qint64 count, const QByteArray &body = sampleBody());

} // namespace longcode::tests
