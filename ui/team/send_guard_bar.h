#pragma once

#include "desk/team.h"
#include "style/panel.h"

class QPushButton;
class QLabel;

namespace longcode::style {
class ElidedLabel;
}

namespace longcode::team {

/// "Anna answered 12 seconds ago: “…”. Send anyway?", above the composer and not over it. Escape and the
/// first button keep editing. UI thread.
class SendGuardBar final : public style::Panel {
    Q_OBJECT
public:
    explicit SendGuardBar(QWidget *parent = nullptr);

    /// Shows the question and takes the keyboard.
    void ask(const desk::AnswerQuestion &question);
    /// The button that sends nothing has the keyboard.
    void takeKeyboard();

Q_SIGNALS:
    void sendAnywayChosen();
    void keepEditingChosen();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void colour();

    QLabel *m_what;
    style::ElidedLabel *m_text;
    QPushButton *m_keep;
    QPushButton *m_send;
};

} // namespace longcode::team
