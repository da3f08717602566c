#pragma once

#include <QString>

namespace longcode::tests {

/// Writes a new self-signed certificate for localhost and 127.0.0.1, and its key, as PEM. `name` is its
/// common name. `daysLeft` below zero: it has ended. False: OpenSSL or the disk failed.
[[nodiscard]] bool writeCertificate(const QString &certificateFile, const QString &keyFile,
                                    const QByteArray &name, int daysLeft = 30);

} // namespace longcode::tests
