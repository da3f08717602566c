#pragma once

#include "desk/console.h"

#include <QObject>
#include <QPersistentModelIndex>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

class QAbstractItemModel;

namespace longcode::shell {

class MainWindow;

/// A conversation without a display: drives the window as a person would, against the open sandbox, and says
/// line by line what happens. UI thread; window and clock outlive it.
class Demo : public QObject {
    Q_OBJECT
public:
    using Print = std::function<void(const QString &line)>;

    Demo(MainWindow &window, const Clock &clock, Print print, QObject *parent = nullptr);

    /// Begins when the console is open. Ends in finished().
    void start(const std::shared_ptr<desk::Console> &console);
    /// From now on at most this long until it has to be over.
    void setLimit(std::chrono::milliseconds limit) { m_limit.start(limit); }

Q_SIGNALS:
    /// Nothing: delivered and answered. Else a sentence saying how far it came.
    void finished(const std::optional<QString> &problem);

private:
    void beginWhenThereIsASender();
    void write(desk::ConversationId conversation);
    void looked();
    void told(const desk::Message &message);
    void say(const QString &line);
    void end(const std::optional<QString> &problem);
    [[nodiscard]] QString howFar() const;

    MainWindow &m_window;
    const Clock &m_clock;
    Print m_print;
    QTimer m_limit;
    std::shared_ptr<desk::Console> m_console;
    std::unique_ptr<QAbstractItemModel> m_messages;
    desk::MessageRow m_sent;
    desk::MessageState m_state = desk::MessageState::Waiting;
    bool m_begun = false;
    bool m_toldText = false;
    bool m_answered = false;
    bool m_over = false;
};

} // namespace longcode::shell
