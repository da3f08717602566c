#include "relay/token_watch.h"

#include "relay/operate/counters.h"
#include "relay/operate/journal.h"

#include <QFile>

namespace longcode::relay {

using namespace std::chrono_literals;

namespace {

constexpr qint64 largestFile = 1 << 20;

/// Nothing: it cannot be read.
std::optional<QByteArray> textOf(const QString &path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return file.read(largestFile + 1);
}

} // namespace

TokenWatch::TokenWatch(QString path, AccessTokens tokens, QByteArray text, const Journal &journal,
                       Counters &counters)
    : m_path(std::move(path))
    , m_journal(journal)
    , m_counters(counters)
    , m_text(std::move(text))
    , m_tokens(std::move(tokens)) {
    connect(&m_timer, &QTimer::timeout, this, &TokenWatch::look);
    m_timer.start(1s);
}

Result<std::unique_ptr<TokenWatch>, QString> TokenWatch::start(const QString &path, const Journal &journal,
                                                               Counters &counters) {
    // Read twice at worst: what came between is noticed by the first look.
    const QByteArray text = textOf(path).value_or(QByteArray());
    auto tokens = AccessTokens::readFile(path);
    if (!tokens)
        return failed(tokens.error());
    return std::unique_ptr<TokenWatch>(new TokenWatch(path, std::move(*tokens), text, journal, counters));
}

std::optional<TokenGrant> TokenWatch::grantFor(std::string_view authorization) const {
    const std::lock_guard lock(m_mutex);
    return m_tokens.grantFor(authorization);
}

AccessTokens TokenWatch::tokens() const {
    const std::lock_guard lock(m_mutex);
    return m_tokens;
}

void TokenWatch::look() {
    const std::optional<QByteArray> text = textOf(m_path);
    if (!text) {
        if (!std::exchange(m_unreadable, true))
            m_journal.write(Level::Warning,
                            QStringLiteral("The token file %1 cannot be read. Who could connect "
                                           "before still can.")
                                .arg(m_path));
        return;
    }
    m_unreadable = false;
    if (*text == m_text)
        return;
    m_text = *text;
    auto tokens = AccessTokens::parse(*text, AccessTokens::Empty::Allowed);
    if (!tokens) {
        m_journal.write(
            Level::Warning,
            QStringLiteral("The changed token file %1 cannot be used: %2 Who could connect before "
                           "still can.")
                .arg(m_path, tokens.error()));
        return;
    }
    {
        const std::lock_guard lock(m_mutex);
        m_tokens = *tokens;
    }
    ++m_counters.tokenReloads;
    m_journal.write(Level::Info, QStringLiteral("The token file has changed."),
                    {{"tokens", qint64(tokens->grants().size())}});
    Q_EMIT changed(*tokens);
}

} // namespace longcode::relay
