#pragma once

#include "base/failure.h"
#include "base/result.h"

#include <QFuture>
#include <QWidget>

class QLabel;
class QPushButton;

namespace longcode::health {

/// A button that asks for something, and below it the sentence that came back. Busy in between. UI thread.
class AskRow final : public QWidget {
    Q_OBJECT
public:
    /// The button is `<name>Button`, the sentence `<name>Result`.
    AskRow(const QString &text, const QString &name, QWidget *parent = nullptr);

    void run(const QFuture<Result<QString, Failure>> &future, const QString &meanwhile);
    void say(const QString &sentence);
    [[nodiscard]] QPushButton *button() const { return m_button; }
    /// Another one beside it.
    QPushButton *addButton(const QString &text, const QString &name);

Q_SIGNALS:
    void asked();
    /// Something came back, good or bad.
    void answered();

protected:
    void changeEvent(QEvent *event) override;

private:
    enum class Tone : quint8 { Quiet, Good, Bad };
    void show(const QString &sentence, Tone tone);
    void colour();

    QPushButton *m_button;
    QLabel *m_result;
    Tone m_tone = Tone::Quiet;
};

} // namespace longcode::health
