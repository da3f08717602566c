#pragma once

#include "relay/consoles/access_tokens.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <mutex>

namespace longcode::relay {

class Journal;
struct Counters;

/// Who may connect, as the token file says at this moment: looks at it every second. A file that cannot be
/// used changes nothing, and is complained about once. Lives in a thread with an event loop; grantFor() may
/// be called from any.
class TokenWatch final : public QObject {
    Q_OBJECT
public:
    /// The error is a sentence: at the start the file must be good. The others must outlive the watch.
    [[nodiscard]] static Result<std::unique_ptr<TokenWatch>, QString>
    start(const QString &path, const Journal &journal, Counters &counters);

    [[nodiscard]] std::optional<TokenGrant> grantFor(std::string_view authorization) const;
    [[nodiscard]] AccessTokens tokens() const;

Q_SIGNALS:
    void changed(const longcode::relay::AccessTokens &tokens);

private:
    TokenWatch(QString path, AccessTokens tokens, QByteArray text, const Journal &journal,
               Counters &counters);
    void look();

    const QString m_path;
    const Journal &m_journal;
    Counters &m_counters;
    QTimer m_timer;
    QByteArray m_text;
    bool m_unreadable = false;
    mutable std::mutex m_mutex;
    AccessTokens m_tokens;
};

} // namespace longcode::relay
