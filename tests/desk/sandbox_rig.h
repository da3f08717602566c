#pragma once

#include "base/clock.h"
#include "desk/console.h"
#include "desk/memory_secrets.h"
#include "desk/open_console.h"
#include "support/recording_network.h"
#include "support/scratch.h"

#include <QJsonArray>
#include <QJsonObject>

namespace longcode::tests {

/// The real sandbox and the real relay under a console core without widgets, in a profile folder of its own.
class SandboxRig {
public:
    SandboxRig();
    ~SandboxRig();

    /// Opens the console and waits for it. False: it did not open, and a warning says why.
    bool open();
    void close();
    /// As openSandbox() makes it.
    [[nodiscard]] desk::OpenConsole &console() { return static_cast<desk::OpenConsole &>(*m_console); }
    [[nodiscard]] store::Reader &reader();

    /// A control request of the sandbox's README; its answer.
    QJsonObject control(const QString &path, const QJsonObject &body);
    /// The same without a body, GET.
    QJsonObject look(const QString &path);
    /// What the API saw of `POST /messages`.
    [[nodiscard]] QJsonArray sends();

    [[nodiscard]] desk::ConversationId begin(const QString &peer,
                                             const QString &own = QStringLiteral("+14155550100"));
    [[nodiscard]] desk::MessageRow send(desk::ConversationId conversation, const QString &text);
    [[nodiscard]] store::MessageState state(desk::MessageRow row);
    /// Texts of the conversation, oldest first, inbound ones with "< " before them.
    [[nodiscard]] QStringList texts(desk::ConversationId conversation);

    Scratch scratch;
    SystemClock clock;
    RecordingNetwork network;
    desk::MemorySecrets secrets;

private:
    QJsonObject request(const QByteArray &method, const QString &path, const QByteArray &body);

    std::shared_ptr<desk::Console> m_console;
    std::unique_ptr<store::Reader> m_reader;
};

} // namespace longcode::tests
