#pragma once

#include "desk/values.h"

#include <QDialog>

namespace longcode::inbox {

/// "Why?": what the server said, its code, the usual cause and what to do, for one message. Window-modal;
/// deletes itself when closed.
class FailureDialog final : public QDialog {
    Q_OBJECT
public:
    explicit FailureDialog(const desk::Message &message, QWidget *parent = nullptr);

Q_SIGNALS:
    void editAndResendRequested(const longcode::desk::Message &message);

private:
    void addParagraph(const QString &heading, const QString &foreign, const char *objectName);
    void addButtons();
    void copyDetails();

    desk::Message m_message;
};

} // namespace longcode::inbox
