#pragma once

#include "desk/diagnosis.h"
#include "desk/inbox.h"
#include "inbox/message_words.h"

#include <QDialog>

class QLabel;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace longcode::inbox {

/// What is known about one message: who got it and what became of that, why it did not arrive and what can be
/// done, and every event as it came. Diagnoses outlive it. Window-modal; deletes itself when closed.
class MessageDialog final : public QDialog {
    Q_OBJECT
public:
    MessageDialog(const desk::Message &message, const desk::Conversation &conversation,
                  desk::Diagnoses &diagnoses, QWidget *parent = nullptr);

Q_SIGNALS:
    /// One of the remedies was chosen; looking up is done here.
    void actionChosen(longcode::inbox::MessageAction action);

private:
    void addHeading(const QString &heading, QVBoxLayout *column);
    QLabel *addParagraph(const QString &text, const char *objectName, QVBoxLayout *column);
    void addState(QVBoxLayout *column);
    void addDiagnosis(QVBoxLayout *column);
    void addFailure(const desk::MessageFailure &failure, QVBoxLayout *column);
    void addRemedies(const QList<desk::Remedy> &remedies, QVBoxLayout *column);
    void addEvents(QVBoxLayout *column);
    void addClose(QVBoxLayout *column);
    void follow(desk::Remedy remedy);
    void lookUp();
    void showRawEvent(int number);
    [[nodiscard]] QString detailsToCopy() const;

    desk::Message m_message;
    desk::Conversation m_conversation;
    desk::Diagnoses &m_diagnoses;
    std::optional<desk::Diagnosis> m_diagnosis;
    QList<desk::RawEvent> m_events;
    QLabel *m_lookedUp = nullptr;
    QPlainTextEdit *m_raw = nullptr;
    QListWidget *m_list = nullptr;
};

/// The bytes of a JSON text with line breaks and indents between its parts; nothing else is changed.
[[nodiscard]] QString indented(const QByteArray &json);

} // namespace longcode::inbox
