#pragma once

#include "relay/consoles/access_tokens.h"

namespace longcode::relay {

/// The token file for who edits it: comments, order and the lines' own spelling stay as they are. Two who
/// edit at the same time do not see each other: the last to write wins. One thread.
class TokenFile {
public:
    enum class Missing : quint8 { Refused, Empty };

    /// The error is a sentence.
    [[nodiscard]] static Result<TokenFile, QString> read(const QString &path, Missing missing);

    [[nodiscard]] const QList<TokenGrant> &grants() const { return m_tokens.grants(); }
    /// Adds a line at the end. The error is a sentence: a name that cannot be one, or is taken.
    [[nodiscard]] Result<void, QString> add(const TokenGrant &grant);
    /// Removes the line of that name. False: there is none.
    [[nodiscard]] bool revoke(const QString &name);
    /// In one step, readable by its owner only. The error is a sentence.
    [[nodiscard]] Result<void, QString> write() const;

    /// A new token: `lc_` and 32 random bytes in base64url. Shown once, kept nowhere.
    [[nodiscard]] static QByteArray newToken();
    [[nodiscard]] static QByteArray hashOf(const QByteArray &token);

private:
    [[nodiscard]] QByteArray text() const { return m_lines.join('\n'); }

    QString m_path;
    QByteArrayList m_lines;
    AccessTokens m_tokens;
};

} // namespace longcode::relay
