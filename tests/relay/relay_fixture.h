#pragma once

#include "support/process.h"
#include "support/scratch.h"

#include "httpd/raw_client.h"

#include <array>
#include <optional>

namespace longcode::tests {

/// Signs webhooks as Telnyx does, straight with libsodium.
class Signer {
public:
    Signer();
    [[nodiscard]] QByteArray publicKey() const;
    /// base64 of the signature over `timestamp|body`.
    [[nodiscard]] QByteArray sign(const QByteArray &timestamp, const QByteArray &body) const;

private:
    std::array<unsigned char, 32> m_public{};
    std::array<unsigned char, 64> m_secret{};
};

/// One webhook on its way to the relay. What is left empty is filled in rightly.
struct Post {
    QByteArray body;
    QByteArray path = "/webhooks/telnyx";
    QByteArray timestamp{};
    QByteArray signature{};
};

/// A minimal event of that id.
[[nodiscard]] QByteArray eventBody(const QByteArray &id);

/// The real longcode-relay on a store of its own.
class RelayFixture {
public:
    /// The token that `start` lets in.
    static constexpr char token[] = "good-token";

    bool start(const QStringList &more = {});
    /// The options that `start` gives without `more`: where it listens, key, tokens, store.
    [[nodiscard]] QStringList arguments() const;
    /// Writes the token file that `start` gives, with `token` in it.
    bool writeTokens() const;
    void kill() { m_program.kill(); }
    /// SIGTERM; the exit code, or -1.
    int terminate();

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QUrl consoleUrl() const;
    [[nodiscard]] QString storePath() const { return m_scratch.path(QStringLiteral("relay.sqlite")); }
    [[nodiscard]] QString tokenPath() const;
    [[nodiscard]] QString logId() const {
        return m_program.ready().value(QLatin1String("log_id")).toString();
    }
    [[nodiscard]] const Signer &signer() const { return m_signer; }
    [[nodiscard]] RunningProgram &program() { return m_program; }
    [[nodiscard]] Scratch &scratch() { return m_scratch; }

    /// The request's bytes.
    [[nodiscard]] QByteArray bytes(const Post &post) const;
    /// Posts on a connection of its own; the answer's status.
    [[nodiscard]] int post(const Post &post) const;
    [[nodiscard]] RawAnswer get(const QByteArray &path) const;
    /// The same from the listener for figures.
    [[nodiscard]] RawAnswer getFigures(const QByteArray &path) const;
    /// Its /healthz as an object.
    [[nodiscard]] QJsonObject health() const;
    /// The value of a line of its /metrics, name and labels as written there; nothing: no such line.
    [[nodiscard]] std::optional<double> metric(const QByteArray &name) const;

private:
    Scratch m_scratch;
    Signer m_signer;
    RunningProgram m_program;
    quint16 m_port = 0;
    quint16 m_figuresPort = 0;
};

/// What a command of longcode-relay came to.
struct CommandResult {
    int exitCode = -1; ///< -1: it crashed or did not end
    QByteArray output, error;
};

/// Runs `longcode-relay …` to its end.
[[nodiscard]] CommandResult runRelayCommand(const QStringList &arguments);

} // namespace longcode::tests
