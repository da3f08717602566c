#pragma once

#include <QJsonObject>
#include <QLocalServer>
#include <QProcess>
#include <QStringList>

#include <functional>
#include <memory>

class QLocalSocket;

namespace longcode::tests {

/// The real `longcode`, started offscreen on a profile folder and worked by name through the driver plugin.
/// Blocking, for tests only. Killed when it goes out of scope.
class ConsoleUnderTest {
public:
    ConsoleUnderTest();
    ~ConsoleUnderTest();

    /// Starts it and waits until the driver answers. False: it did not come up; why() tells.
    bool start(const QString &profile, const QStringList &arguments = {});
    [[nodiscard]] QString why() const { return m_why; }

    /// kill -9, at once.
    void kill();
    /// SIGTERM, and whether it left with code 0 in ten seconds.
    bool quit();
    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] qint64 processId() const;

    QJsonObject order(const QJsonObject &order);
    [[nodiscard]] QString text(const QString &object);
    [[nodiscard]] bool isVisible(const QString &object);
    [[nodiscard]] bool isEnabled(const QString &object);
    bool type(const QString &object, const QString &text);
    bool press(const QString &object, const QString &keys);
    bool click(const QString &object);
    bool select(const QString &object, int row);
    [[nodiscard]] QStringList rows(const QString &object);
    bool grab(const QString &file, int width, int height);

    /// Asks again until `holds`, at most `timeoutMs`.
    static bool eventually(const std::function<bool()> &holds, int timeoutMs = 20000);
    /// A row of the list that contains every one of `parts`.
    bool showsRow(const QString &object, const QStringList &parts, int timeoutMs = 20000);

private:
    QLocalServer m_server;
    std::unique_ptr<QProcess> m_process;
    std::unique_ptr<QLocalSocket> m_driver;
    QString m_why;
};

} // namespace longcode::tests
